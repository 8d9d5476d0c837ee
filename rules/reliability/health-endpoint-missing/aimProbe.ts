import type { Finding, FixContext, TextEdit } from '#api';

/** Lets a check ask a route that the service has. */
export function askRoute(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const route = String(finding.data['route']);
  const asked = String(finding.data['asked']);
  if (route === '') return undefined;
  const written = ctx.text.slice(finding.start, finding.end);
  const host = /^[\w-]+:\/\/[^/]*/.exec(written)?.[0] ?? '';
  const quote = /^["']/.exec(written)?.[0] ?? '';
  const rest = written.slice(host.length + quote.length);
  if (rest !== '' && !rest.startsWith(asked)) return undefined;
  const behind = rest.slice(asked.length).replace(/^\//, '');
  return [ctx.replace(finding, `${host}${quote}${route}${behind}`)];
}

/** Lets a check ask the port on which the service listens; one that has a name is declared elsewhere. */
export function askOtherPort(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const written = ctx.text.slice(finding.start, finding.end);
  const listens = String(finding.data['listens']);
  const moved = written === finding.data['port'] ? listens : written.replace(`:${finding.data['port']}`, `:${listens}`);
  return moved === written ? undefined : [ctx.replace(finding, moved)];
}

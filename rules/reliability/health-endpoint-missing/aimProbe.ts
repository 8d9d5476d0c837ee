import type { Finding, FixContext, TextEdit } from '#api';

/** Lets a check ask a route that the service has. */
export function askRoute(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const route = String(finding.data['route']);
  const asked = String(finding.data['asked']);
  if (route === '') return undefined;
  const url = ctx.text.slice(finding.start, finding.end);
  const at = url.indexOf('/', url.indexOf('//') + 2);
  const rest = at < 0 ? '' : url.slice(at);
  if (at >= 0 && !rest.startsWith(asked)) return undefined;
  const behind = rest.slice(asked.length).replace(/^\//, '');
  return [ctx.replace(finding, `${at < 0 ? url : url.slice(0, at)}${route}${behind}`)];
}

/** Lets a check ask the port on which the service listens. */
export function askOtherPort(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const url = ctx.text.slice(finding.start, finding.end);
  const moved = url.replace(`:${finding.data['port']}`, `:${finding.data['listens']}`);
  return moved === url ? undefined : [ctx.replace(finding, moved)];
}

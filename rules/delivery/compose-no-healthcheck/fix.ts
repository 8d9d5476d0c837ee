import type { Finding, FixContext, TextEdit } from '#api';
import { textAt } from '../../_shared/dataMembers.ts';
import { type ComposeService, servicesOf } from '../../_shared/delivery/compose.ts';
import { endOfMembers, isFlow } from '../../_shared/delivery/composeLayout.ts';
import { indentAt, lineEnd } from '../../_shared/layout.ts';
import { checkFor } from './checks.ts';
import { dependencyList, hasCheck, waitingIn } from './waiting.ts';

/** Adds a check to a database and lets the services that list it wait until it passes. */
export function addCheck(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const { document, text } = ctx;
  if (document.language !== 'yaml') return undefined;
  const found = waitingIn(document).find(({ span }) => span.start === finding.start);
  if (found?.message !== 'unchecked') return undefined;
  const { service } = found;
  const test = checkFor(textAt(service.node, 'image') ?? '');
  const at = endOfMembers(text, service.node);
  const [first] = service.node.entries;
  if (test === undefined || at === undefined || first === undefined) return undefined;
  const indent = indentAt(text, first.keySpan.start);
  const unit = indent.slice(indentAt(text, service.nameSpan.start).length);
  const lines = [
    'healthcheck:',
    `${unit}test: ${test}`,
    `${unit}interval: 10s`,
    `${unit}timeout: 5s`,
    `${unit}retries: 5`,
  ];
  const check = ctx.insert(at, lines.map((line) => `${lineEnd(text)}${indent}${line}`).join(''));
  const services = servicesOf(document);
  const waits = services
    .filter((other) => dependencyList(other)?.names.includes(service.name))
    .map((other) => waitFor(ctx, other, services, service.name));
  return waits.includes(undefined) ? undefined : [check, ...waits.flatMap((edit) => edit ?? [])];
}

/** Lets a service wait until the checks of those it depends on pass. */
export function waitUntilHealthy(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const { document } = ctx;
  if (document.language !== 'yaml') return undefined;
  const found = waitingIn(document).find(({ span }) => span.start === finding.start);
  const edit = found?.message === 'started' ? waitFor(ctx, found.service, servicesOf(document), '') : undefined;
  return edit && [edit];
}

/** The list under `depends_on` as conditions; `undefined` where comments or the style are in the way. */
function waitFor(
  ctx: FixContext<unknown>,
  service: ComposeService,
  services: readonly ComposeService[],
  checked: string,
): TextEdit | undefined {
  const dependsOn = dependencyList(service);
  if (dependsOn === undefined || isFlow(ctx.text, service.node)) return undefined;
  const { entry, list, names } = dependsOn;
  const span = { start: entry.keySpan.end, end: list.span.end };
  const written = ctx.text.slice(span.start, span.end);
  const trailing = /\s*$/.exec(written)?.[0] ?? '';
  if (written.includes('#')) return undefined;
  const eol = lineEnd(ctx.text);
  const indent = indentAt(ctx.text, entry.keySpan.start);
  const unit = indent.slice(indentAt(ctx.text, service.nameSpan.start).length);
  const lines = names.flatMap((name) => {
    const healthy = name === checked || services.some((other) => other.name === name && hasCheck(other));
    return [
      `${indent}${unit}${name}:`,
      `${indent}${unit}${unit}condition: ${healthy ? 'service_healthy' : 'service_started'}`,
    ];
  });
  return ctx.replace(span, `:${eol}${lines.join(eol)}${trailing}`);
}

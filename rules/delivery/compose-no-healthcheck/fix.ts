import type { Finding, FixContext, TextEdit } from '#api';
import { textAt } from '../../_shared/dataMembers.ts';
import { type ComposeService, healthcheckOf, servicesOf } from '../../_shared/delivery/compose.ts';
import { endOfMembers, isFlow } from '../../_shared/delivery/composeLayout.ts';
import { indentAt, lineEnd } from '../../_shared/layout.ts';
import { checkFor } from './checks.ts';
import { checkedIn } from './dependencyFacet.ts';
import { dependencyList, waitingIn } from './waiting.ts';

/** Adds a check to a database and lets the services that list it wait until it passes. */
export function addCheck(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const { document } = ctx;
  if (document.language !== 'yaml') return undefined;
  const service = waitingIn(document).find(({ span }) => span.start === finding.start)?.service;
  const check = service && checkEdit(ctx, service);
  if (service === undefined || check === undefined) return undefined;
  const healthy = new Set([...checkedIn(document), service.name]);
  const waits = servicesOf(document)
    .filter((other) => dependencyList(other)?.names.includes(service.name))
    .map((other) => waitFor(ctx, other, healthy));
  return waits.includes(undefined) ? undefined : [check, ...waits.flatMap((edit) => edit ?? [])];
}

/** Adds a check to a database that others wait for already. */
export function addMissingCheck(ctx: FixContext<unknown>): TextEdit[] | undefined {
  if (ctx.document.language !== 'yaml') return undefined;
  const service = servicesOf(ctx.document).find(({ name }) => name === ctx.data['other']);
  // One that is switched off is somebody's decision.
  const check = service && healthcheckOf(service.node) === undefined ? checkEdit(ctx, service) : undefined;
  return check && [check];
}

/** The check behind the last member of a service; `undefined` where none is known for its image. */
function checkEdit(ctx: FixContext<unknown>, service: ComposeService): TextEdit | undefined {
  const { text } = ctx;
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
  return ctx.insert(at, lines.map((line) => `${lineEnd(text)}${indent}${line}`).join(''));
}

/** Lets a service wait until the checks of those it depends on pass. */
export function waitUntilHealthy(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const { document } = ctx;
  if (document.language !== 'yaml') return undefined;
  const service = servicesOf(document).find((one) => dependencyList(one)?.entry.keySpan.start === finding.start);
  const edit = service && waitFor(ctx, service, new Set(String(ctx.data['others']).split(', ')));
  return edit && [edit];
}

/** The list under `depends_on` as conditions; `undefined` where comments or the style are in the way. */
function waitFor(
  ctx: FixContext<unknown>,
  service: ComposeService,
  checked: ReadonlySet<string>,
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
  const lines = names.flatMap((name) => [
    `${indent}${unit}${name}:`,
    `${indent}${unit}${unit}condition: ${checked.has(name) ? 'service_healthy' : 'service_started'}`,
  ]);
  return ctx.replace(span, `:${eol}${lines.join(eol)}${trailing}`);
}

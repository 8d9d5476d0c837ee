import { type Anchor, facet, type SourceFacetContext, ts } from '#api';
import { collectors } from './collect.ts';
import { readApplied, readControllers, readGuards } from './controllers.ts';
import type { Operation, Value, WebFacts } from './facts.ts';
import { readExports } from './readExports.ts';
import { readFunctions } from './readFunctions.ts';
import { operationOf } from './readOperations.ts';
import { asksWhoConnects, readGateways } from './readSockets.ts';
import { timingReader } from './readTiming.ts';
import { valueReader } from './readValues.ts';
import { traceOf } from './trace.ts';
import { unrolled } from './unroll.ts';
import { isConcernPackage } from './vocabulary.ts';
import type { WebFact } from './webFact.ts';

/**
 * What each file tells about services that listen: applications and routers it makes, what is registered on them, functions
 * that fill them, what it exports. Bodies of handlers leave no trace but hints, so typing in them changes nothing here.
 */
export const webFacet = facet<WebFact, WebFacts>({
  name: 'web/files',
  skipsTests: true,
  collect: collectors,
  fold(scope, ctx) {
    const trace = traceOf(scope);
    const facts = [...trace.telling].sort((a, b) => placeOf(a) - placeOf(b));
    const anchors = anchorsOf(facts, ctx);
    const reader = valueReader(ctx, facts, anchors);
    const timing = timingReader(reader.keys.isNamed);
    const operations: Operation[] = [];
    // What is called inside a call, as argument or earlier in a chain, runs before it.
    const done = facts.flatMap((fact) => (fact.kind === 'operation' ? [fact.node] : [])).sort((a, b) => a.end - b.end);
    for (const node of done) {
      const at = anchors.get(node);
      const operation = at === undefined ? undefined : operationOf(node, at, reader, timing);
      if (operation !== undefined && mayMatter(operation.on)) operations.push(...unrolled(operation));
    }
    const exported = facts.flatMap((fact) => (fact.kind === 'exported' ? [fact.node] : []));
    const { exports, stars } = readExports(ctx.file, exported, reader.value);
    const functions = readFunctions(trace, facts, reader);
    // Functions and classes of which nothing is known need no line: importers see that nothing is said of them.
    let members: readonly string[] | undefined;
    const isTold = (one: Value): boolean => {
      if (one.is === 'function') return functions[one.key] !== undefined;
      if (one.is !== 'class') return true;
      members ??= [...Object.keys(functions), ...reader.fields.keys()];
      return members.some((key) => key.startsWith(`${one.key}.`));
    };
    const hints = new Set(trace.hints);
    hints.delete('body');
    if (asksWhoConnects(facts)) hints.add('socket');
    const value: WebFacts = {
      exports: Object.fromEntries(Object.entries(exports).filter(([, one]) => isTold(one))),
      stars,
      functions,
      fields: Object.fromEntries(reader.fields),
      operations,
      packages: [...ctx.header.modules].filter(isConcernPackage).sort(),
      healthPaths: [...new Set(facts.flatMap((fact) => (fact.kind === 'health' ? [fact.path] : [])))].sort(),
      hints: [...hints].sort(),
      controllers: readControllers(facts, ctx, reader),
      gateways: readGateways(facts, ctx),
      guards: readGuards(facts),
      applied: readApplied(facts),
    };
    return saysNothing(value) ? undefined : value;
  },
});

function placeOf(fact: WebFact): number {
  return 'node' in fact ? fact.node.pos : -1;
}

/** Places of all that is made or done, in source order. */
function anchorsOf(facts: readonly WebFact[], ctx: SourceFacetContext): ReadonlyMap<ts.Node, Anchor> {
  const anchors = new Map<ts.Node, Anchor>();
  for (const fact of facts) {
    if ((fact.kind !== 'made' && fact.kind !== 'operation') || anchors.has(fact.node)) continue;
    const { node } = fact;
    // The first line of a registration is enough to point at: handlers may be long.
    const isDone = fact.kind === 'operation' && ts.isPropertyAccessExpression(node.expression);
    const end = isDone ? node.expression.end : node.end;
    anchors.set(node, ctx.at({ start: startOf(node, ctx.file), end }));
  }
  return anchors;
}

/** A chain of registrations starts with the same name: what tells them apart is the last method. */
function startOf(node: ts.CallExpression | ts.NewExpression, file: ts.SourceFile): number {
  const { expression } = node;
  const isChained = ts.isPropertyAccessExpression(expression) && ts.isCallExpression(expression.expression);
  return isChained ? expression.name.getStart(file) : node.getStart(file);
}

/** Values that cannot be an application, router, server or a function given one need not be kept. */
function mayMatter(value: Value): boolean {
  if (value.is === 'either') return value.of.some(mayMatter);
  if (value.is === 'call') return mayMatter(value.callee);
  if (value.is === 'member' || value.is === 'each' || value.is === 'under') return mayMatter(value.of);
  return value.is !== 'text' && value.is !== 'list' && value.is !== 'object';
}

function saysNothing(value: WebFacts): boolean {
  return Object.values(value).every((part: object) => Object.keys(part).length === 0);
}

import type { z } from 'zod';
import { type Fix, type FixContext, type FixSafety, isAsync, ts } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { type Dropped, droppedCalls, nameOf, placeOf } from './statements.ts';

type AnyFix = Fix<z.output<z.ZodObject>>;

/** Names of work that goes on until the program ends: whoever waits for it gets no further. */
const ENDLESS =
  /loop|listen|watch|poll|forever|consume|subscribe|serve|worker|background|daemon|schedul|^(?:run|work)$/i;

/** Waits in an async function; for names that tell of endless work only after a look. */
export function awaitCall(safety: FixSafety): AnyFix {
  return {
    title: safety === 'safe' ? 'Await it' : 'Await it, if it ever ends',
    safety,
    edits(ctx) {
      const found = droppedAt(ctx);
      if (found === undefined || !mayAwait(found)) return undefined;
      if (ENDLESS.test(nameOf(found)) !== (safety === 'suggest')) return undefined;
      return [ctx.insert(found.getStart(ctx.file), 'await ')];
    },
  };
}

/** Takes the error where nobody waits. */
export const catchErrors: AnyFix = {
  title: 'Log what goes wrong',
  safety: 'suggest',
  edits(ctx) {
    const found = droppedAt(ctx);
    if (found === undefined) return undefined;
    const type = /\.[cm]?tsx?$/.test(ctx.path) ? ': unknown' : '';
    return [ctx.insert(found.end, `.catch((error${type}) => console.error(error))`)];
  },
};

/** `list.forEach(async …)` and `list.map(async …)` become one promise that is awaited. */
export const awaitAll: AnyFix = {
  title: 'Await all of them',
  safety: 'suggest',
  edits(ctx) {
    const found = droppedAt(ctx);
    const member = found && ts.isCallExpression(found) ? memberCall(found) : undefined;
    if (found === undefined || member === undefined || !mayAwait(found) || !ts.isIdentifier(member.place))
      return undefined;
    // Sets and maps have no `map`.
    if (ctx.types === undefined || !isArray(member.receiver, ctx)) return undefined;
    return [
      ctx.insert(found.getStart(ctx.file), 'await Promise.all('),
      ...(member.name === 'map' ? [] : [ctx.replace(member.place, 'map')]),
      ctx.insert(found.end, ')'),
    ];
  },
};

/** A condition on a promise becomes one on what it brings. */
export const awaitCondition: AnyFix = {
  title: 'Await it',
  safety: 'safe',
  edits(ctx) {
    const node = ctx.node(ts.isCallExpression);
    return node !== undefined && mayAwait(node) ? [ctx.insert(node.getStart(ctx.file), 'await ')] : undefined;
  },
};

function isArray(receiver: ts.Expression, { types }: FixContext<unknown>): boolean {
  return types?.checker.isArrayType(types.typeAt(receiver)) === true;
}

function mayAwait(node: ts.Node): boolean {
  const owner = enclosingFunction(node);
  return owner !== undefined && isAsync(owner);
}

/** The dropped call behind a finding. */
function droppedAt(ctx: FixContext<unknown>): Dropped | undefined {
  const place = ctx.node(ts.isExpression);
  const statement = ts.findAncestor(place, ts.isExpressionStatement);
  if (place === undefined || statement === undefined) return undefined;
  return droppedCalls(statement).find((node) => {
    const at = placeOf(node);
    return at.getStart(ctx.file) === place.getStart(ctx.file) && at.end === place.end;
  });
}

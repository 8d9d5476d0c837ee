import { type SourceFacetContext, ts } from '#api';
import type { Start } from './starts.ts';
import { bindingOf, holderBinding, type Uses, usesOf } from './uses.ts';

/** A start with what its file does with the server. */
export interface Handle {
  readonly start: Start;
  readonly binding: ts.Declaration | string | undefined;
  readonly uses: Uses | undefined;
}

/** The server is in a property of something: whoever owns that may close it. */
export const unknownUses: Uses = { closes: [], escapes: true, returned: false };

/** Finds what becomes of a server that was started. */
export function handleOf(start: Start, ctx: SourceFacetContext): Handle {
  const held = start.holder === undefined ? undefined : holderBinding(start.holder, ctx.lookup);
  const result = bindingOf(start.call, ctx.lookup);
  // A parameter belongs to the caller; a listener's `this` is the server.
  if ((typeof held === 'object' && ts.isParameter(held)) || handsOutThis(start.call)) {
    return { start, binding: undefined, uses: unknownUses };
  }
  const bindings = [held, result].filter((binding) => binding !== undefined);
  const all = bindings.map((binding) => usesOf(binding, ctx.file, ctx.header, ctx.lookup));
  if (all.length === 0)
    return { start, binding: undefined, uses: start.holder === undefined ? undefined : unknownUses };
  return {
    start,
    binding: result ?? held,
    uses: {
      closes: all.flatMap(({ closes }) => closes),
      escapes: all.some(({ escapes }) => escapes),
      returned: all.some(({ returned }) => returned),
    },
  };
}

function handsOutThis(call: Start['call']): boolean {
  return (call.arguments ?? []).some(
    (argument) => ts.isFunctionExpression(argument) && /\bthis\b(?!\.)/.test(argument.getText()),
  );
}

/** Nobody looks at the value of the call. */
export function isDropped(call: ts.Node): boolean {
  const user = userOf(call);
  // `(resolve) => server.listen(0, resolve)`: the value of the arrow is not looked at.
  return ts.isExpressionStatement(user) || (ts.isArrowFunction(user) && user.parameters.length > 0);
}

/** The value of the call goes somewhere else than a variable: returned, an argument, an element. */
export function isHandedOn(call: ts.Node): boolean {
  const user = userOf(call);
  return !isDropped(call) && !ts.isVariableDeclaration(user) && !ts.isBinaryExpression(user);
}

function userOf(call: ts.Node): ts.Node {
  let { parent } = call;
  while (ts.isAwaitExpression(parent) || ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent)) {
    parent = parent.parent;
  }
  return parent;
}

export function isUsing(binding: Handle['binding']): boolean {
  if (binding === undefined || typeof binding === 'string' || !ts.isVariableDeclaration(binding)) return false;
  return (ts.getCombinedNodeFlags(binding) & ts.NodeFlags.Using) !== 0;
}

/** The name of what holds a server; empty when nothing does. */
export function nameOf(binding: Handle['binding']): string {
  if (binding === undefined) return '';
  if (typeof binding === 'string') return binding;
  const { name } = binding as ts.NamedDeclaration;
  return name !== undefined && ts.isIdentifier(name) ? name.text : '';
}

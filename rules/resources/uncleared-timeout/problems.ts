import { ts, unwrap } from '#api';
import { classAround } from '../../_shared/classAround.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { effectAround, returnedCleanups } from '../../_shared/lifecycle/effects.ts';
import { type Keeper, keeperText, keptIn } from '../../_shared/lifecycle/keeping.ts';
import { isShared, mentionsOf, useOf } from '../../_shared/lifecycle/mentions.ts';
import { endOf, isOnlyOne } from '../../_shared/lifecycle/objectEnds.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { delayOf } from './delay.ts';

/** Shorter ones are over before anybody can miss them. */
const SHORT_MS = 1_000;

export type Problem =
  | { readonly message: 'effect'; readonly name: string }
  | { readonly message: 'object'; readonly name: string; readonly ending: string };

/** Whether a timeout is known to wait for a second or more. */
export function isLong(call: ts.CallExpression, source: SourceView): boolean {
  return (delayOf(call, source) ?? 0) >= SHORT_MS;
}

/** Whether a timeout is known to wait for less than a second. */
export function isShort(call: ts.CallExpression, source: SourceView): boolean {
  const delay = delayOf(call, source);
  return delay !== undefined && delay < SHORT_MS;
}

/** Says whose end a timeout survives; `undefined` where it does not, or where that cannot be told. */
export function problemOf(call: ts.CallExpression, source: SourceView): Problem | undefined {
  const fn = enclosingFunction(call);
  if (fn === undefined) return undefined;
  const kept = keptIn(call, source.lookup);
  const effect = effectAround(fn, source.header);
  if (effect !== undefined) {
    if (effect.cleanup !== 'returned' || !isLong(call, source)) return undefined;
    if (!touchesOwner(call, source) || leavesWord(effect.callback)) return undefined;
    if (kept.how === 'dropped') return { message: 'effect', name: '' };
    if (kept.how !== 'kept' || kept.in.kind !== 'variable' || !isOwn(kept.in, fn)) return undefined;
    return isUsed(kept.in, source) ? undefined : { message: 'effect', name: keeperText(kept.in) };
  }
  if (kept.how !== 'kept' || kept.in.kind !== 'field' || isShared(kept.in) || !isLong(call, source)) return undefined;
  const cls = classAround(call, source);
  const ending = cls && endOf(cls, source.header);
  if (cls === undefined || cls !== kept.in.owner || ending === undefined || isOnlyOne(cls, source)) return undefined;
  return isUsed(kept.in, source) ? undefined : { message: 'object', name: keeperText(kept.in), ending };
}

function isOwn({ declaration }: Extract<Keeper, { kind: 'variable' }>, fn: ts.Node): boolean {
  return enclosingFunction(declaration) === fn;
}

/** Whether anything is done with the handle but asking whether it is there: cleared, called on, handed on. */
function isUsed(keeper: Keeper, { lookup }: SourceView): boolean {
  return mentionsOf(keeper, lookup).some((mention) => {
    const use = useOf(mention);
    if (use === 'looked') {
      const { parent } = mention;
      return ts.isPropertyAccessExpression(parent) && parent.expression === unwrap(mention);
    }
    return use === 'handedOn';
  });
}

/** Whether the callback works with anything of the component around: what it sets there is gone with it. */
function touchesOwner(call: ts.CallExpression, { lookup }: SourceView): boolean {
  const [callback] = call.arguments;
  const visit = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node)) {
      const declaration = lookup(node);
      const isInside = declaration !== undefined && declaration.pos >= call.pos && declaration.end <= call.end;
      if (declaration !== undefined && !isInside && enclosingFunction(declaration) !== undefined) return true;
    }
    return ts.forEachChild(node, visit) === true;
  };
  return callback !== undefined && visit(callback);
}

/** `return () => { cancelled = true; }`: the callback learns that it is late. */
function leavesWord(callback: ts.ArrowFunction | ts.FunctionExpression): boolean {
  const assigns = (node: ts.Node): boolean =>
    (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) ||
    ts.forEachChild(node, assigns) === true;
  return returnedCleanups(callback).some(assigns);
}

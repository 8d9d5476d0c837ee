import { ts, unwrap } from '#api';
import type { SourceView } from '../../sourceView.ts';
import { namesSomebody } from '../accessNames.ts';
import { type Branch, exits, some } from './branch.ts';
import { checks } from './checks.ts';
import { grantOf, makesUpIdentity } from './grants.ts';
import { answersError, closes, refuses } from './refusals.ts';
import { following, isInAccessStep, isInLookup } from './surroundings.ts';
import type { Switch } from './switches.ts';

/** Says that a switch in the condition of an `if` lets somebody past what the `if` leaves out. */
export function opensByIf(holder: ts.IfStatement, one: Switch, source: SourceView): boolean {
  const { thenStatement, elseStatement } = holder;
  if (!one.outcome && elseStatement === undefined) return skipsCheck(holder, one, source);
  const taken: Branch = one.outcome ? [thenStatement] : [elseStatement ?? thenStatement];
  if (refuses(taken) || closes(taken) || answersError(taken) || checks(taken, one.kind)) return false;
  const isMadeUp = makesUpIdentity(taken);
  if (one.kind === 'bypass' && isMadeUp) return true;
  const avoided = one.outcome ? avoidedBy(holder, isMadeUp) : [thenStatement];
  const isStepHere = isInAccessStep(holder, source);
  const isChecked = checks(avoided, one.kind);
  if (!isChecked && !refuses(avoided) && !(isStepHere && (closes(avoided) || asksAnother(taken, avoided)))) {
    return false;
  }
  switch (grantOf(taken)) {
    case 'opens':
      return true;
    case 'leaves':
      return one.kind === 'bypass' ? !isInLookup(holder) || returnsValue(taken) : isStepHere;
    case 'none':
      return isChecked && elseStatement !== undefined;
  }
}

/** Says that code says yes at once where it would have left the answer to something else: `return this.allows(user)`. */
function asksAnother(taken: Branch, avoided: Branch): boolean {
  const saysYes = some(taken, (node) => returned(node)?.kind === ts.SyntaxKind.TrueKeyword, true);
  const last = avoided.at(-1);
  const answer = last === undefined ? undefined : returned(last);
  return (
    saysYes && answer !== undefined && ts.isCallExpression(ts.isAwaitExpression(answer) ? answer.expression : answer)
  );
}

function returned(node: ts.Node): ts.Node | undefined {
  return ts.isReturnStatement(node) && node.expression !== undefined ? unwrap(node.expression) : undefined;
}

/** What the branch that is taken keeps from running, or from finding nobody. */
function avoidedBy(holder: ts.IfStatement, isMadeUp: boolean): Branch {
  if (holder.elseStatement !== undefined) return [holder.elseStatement];
  return isMadeUp || exits([holder.thenStatement]) ? following(holder) : [];
}

function returnsValue(branch: Branch): boolean {
  const returns = (node: ts.Node): boolean => {
    if (!ts.isReturnStatement(node)) return ts.forEachChild(node, (child) => returns(child) || undefined) ?? false;
    const value = node.expression;
    return value !== undefined && value.kind !== ts.SyntaxKind.NullKeyword && value.getText() !== 'undefined';
  };
  return branch.some(returns);
}

/** `if (!flag) app.use(auth)`, `if (!token && !flag) throw …`: thrown, the switch leaves the check out. */
function skipsCheck(holder: ts.IfStatement, one: Switch, source: SourceView): boolean {
  const { expression, thenStatement } = holder;
  const skipped = [thenStatement];
  if (exits(skipped) && staysShut(following(holder), one)) return false;
  if (checks(skipped, one.kind)) return true;
  // A condition on the switch alone refuses to work without it, which checks nobody.
  const isAlone = unwrap(expression) === one.node;
  const asked = isAlone ? one.part?.holder : expression;
  const asksMore = [...conditionsIn(thenStatement), ...(asked === undefined ? [] : [asked])];
  if (!asksMore.some((condition) => one.kind === 'bypass' || asksForSomebody(condition))) return false;
  return refuses(skipped) || (isInAccessStep(thenStatement, source) && closes(skipped));
}

/** Says that the way around a check ends at another one, or with a refusal that asks nobody anything. */
function staysShut(after: readonly ts.Statement[], { kind }: Switch): boolean {
  const unasked = after.filter((statement) => !ts.isIfStatement(statement) && !ts.isTryStatement(statement));
  return refuses(unasked) || closes(unasked) || checks(unasked, kind);
}

function conditionsIn(node: ts.Node): readonly ts.Expression[] {
  const own = ts.isIfStatement(node) ? [node.expression] : [];
  const inner: ts.Expression[] = [];
  ts.forEachChild(node, (child) => void inner.push(...conditionsIn(child)));
  return [...own, ...inner];
}

/** Says that a condition is about who somebody is, not about the transport or the size of what is sent. */
export function asksForSomebody(condition: ts.Node): boolean {
  if (ts.isIdentifier(condition) || ts.isStringLiteralLike(condition)) return namesSomebody(condition.text);
  return ts.forEachChild(condition, (child) => asksForSomebody(child) || undefined) ?? false;
}

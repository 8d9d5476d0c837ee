import { ts, unwrap } from '#api';
import { isWithin } from '../../enclosing.ts';
import type { SourceView } from '../../sourceView.ts';
import { checks, isStep } from './checks.ts';
import { destinationOf } from './destination.ts';
import { operandsOf } from './holders.ts';
import { asksForSomebody } from './openingIf.ts';
import { type Switch, switchesIn } from './switches.ts';
import type { SwitchKind } from './switchNames.ts';

/** `flag || app.use(auth)`, `!flag && requireAuth`, `return flag || isOwner(user)` */
export function opensByLogic(holder: ts.BinaryExpression, one: Switch, source: SourceView): boolean {
  const operands = operandsOf(holder);
  const others = operands.filter((operand) => !isWithin(one.node, operand));
  return holder.operatorToken.kind === ts.SyntaxKind.BarBarToken
    ? one.outcome && saysYes(holder, one, others, source)
    : !one.outcome && leavesOut(holder, one, others, operands.at(-1));
}

/** As a value this is the stricter for the switch, unless it is a guard that is left out, or a call that is not made. */
function leavesOut(
  holder: ts.BinaryExpression,
  { kind }: Switch,
  others: readonly ts.Expression[],
  last: ts.Expression | undefined,
): boolean {
  if (last === undefined || !others.includes(last)) return false;
  return isStepValue(last, kind) || (ts.isExpressionStatement(holder.parent) && checks([last], kind));
}

/** Whether this yes gets anybody anywhere depends on what it is for. */
function saysYes(
  holder: ts.BinaryExpression,
  { kind }: Switch,
  others: readonly ts.Expression[],
  source: SourceView,
): boolean {
  const isChecked = others.some((other) => isCheck(other, kind));
  const isAboutSomebody =
    isChecked || (kind === 'bypass' && others.some((other) => !isNegation(other) && asksForSomebody(other)));
  switch (destinationOf(holder)) {
    case 'decision':
      return isAboutSomebody || others.some((other) => switchesIn(other, source).length === 0);
    case 'identity':
      return isAboutSomebody;
    case 'guard':
    case 'statement':
      return isChecked;
    case 'result':
      return kind === 'bypass' && isAboutSomebody;
    case 'shown':
    case 'elsewhere':
      return false;
  }
}

/** Says yes to those it knows; behind `!` it says no to the others, which is a question of another kind. */
function isCheck(expression: ts.Expression, kind: SwitchKind): boolean {
  return !isNegation(expression) && (checks([expression], kind) || isStepValue(expression, kind));
}

function isNegation(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (ts.isBinaryExpression(node)) return node.operatorToken.kind === ts.SyntaxKind.ExclamationEqualsEqualsToken;
  return ts.isPrefixUnaryExpression(node);
}

function isStepValue(expression: ts.Expression, kind: SwitchKind): boolean {
  const node = unwrap(expression);
  const name = ts.isIdentifier(node) ? node : ts.isPropertyAccessExpression(node) ? node.name : undefined;
  return name !== undefined && isStep(name.text, kind);
}

import { ts } from '#api';
import { calledName, memberCall } from '../../_shared/calls.ts';

/** Functions that take care of what their callback throws. */
const CATCHES = /^(?:try|safe|attempt|result|catch)/i;

/** Whether somebody takes what a node throws: a `catch` around it, one of its promise, or a function made for that. */
export function isGuarded(node: ts.Node): boolean {
  for (let at = node; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (ts.isTryStatement(parent) && parent.tryBlock === at && parent.catchClause !== undefined) return true;
    if (ts.isIfStatement(parent) && parent.expression !== at && asksForJson(parent.expression)) return true;
    if (ts.isConditionalExpression(parent) && parent.condition !== at && asksForJson(parent.condition)) return true;
    if (!ts.isFunctionLike(at)) continue;
    if (ts.isNewExpression(parent) && parent.expression.getText() === 'Promise') return true;
    if (ts.isCallExpression(parent) && (CATCHES.test(calledName(parent) ?? '') || isCaught(parent))) return true;
  }
  return false;
}

/** `read().then(…).catch(…)` */
function isCaught(call: ts.CallExpression): boolean {
  let at: ts.Expression = call;
  if (memberCall(call)?.name !== 'then') return false;
  while (ts.isPropertyAccessExpression(at.parent) && ts.isCallExpression(at.parent.parent)) {
    at = at.parent.parent;
    const [, second] = (at as ts.CallExpression).arguments;
    const name = memberCall(at as ts.CallExpression)?.name;
    if (name === 'catch' || (name === 'then' && second !== undefined)) return true;
  }
  return false;
}

/** `if (isJson(text))` */
function asksForJson(condition: ts.Expression): boolean {
  return /json\w*\(/i.test(condition.getText());
}

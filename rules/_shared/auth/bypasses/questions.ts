import { ts, unwrap } from '#api';
import { enclosingFunction } from '../../enclosing.ts';
import { isPredicateName } from '../accessNames.ts';
import { type Branch, calleeName, isHandOn, isHandOnName, isRegistration, some } from './branch.ts';
import { grantOf } from './grants.ts';
import { isLogical } from './holders.ts';
import { closes, refuses } from './refusals.ts';

/** How often an answer is followed from one variable to the next. */
const MAX_DEPTH = 3;

/**
 * Says that nobody's way in depends on the answer of a call: it decides about tracking or what is shown, or is dropped. A
 * call that may throw, as one named `verify` may, is idle only where its answer is asked for.
 */
export function isIdle(call: ts.CallExpression): boolean {
  return fateOf(call, 0) === 'idle' || (isPredicateName(calleeName(call)) && isDropped(call));
}

/** What becomes of an answer: it decides, it decides nothing that matters, or it goes on as a value. */
type Fate = 'decides' | 'idle' | 'value';

function fateOf(answer: ts.Node, depth: number): Fate {
  let at = answer;
  while (isPassedOn(at)) {
    const { parent } = at;
    // isOwner() && next(), isOwner() || res.sendStatus(401)
    if (isLogical(parent) && parent.left === at && decides([parent.right])) return 'decides';
    at = parent;
  }
  const { parent } = at;
  if (ts.isIfStatement(parent)) {
    const branches = parent.elseStatement === undefined ? [] : [parent.elseStatement];
    return decides([parent.thenStatement, ...branches]) ? 'decides' : 'idle';
  }
  if (ts.isConditionalExpression(parent)) {
    if (parent.condition !== at) return 'value';
    return decides([parent.whenTrue, parent.whenFalse]) ? 'decides' : 'idle';
  }
  if (ts.isJsxExpression(parent)) return 'idle';
  if (ts.isExpressionStatement(parent)) return isLogical(unwrap(at)) ? 'idle' : 'value';
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return fateOfVariable(parent.name, depth);
  return 'value';
}

/** Wrappings and comparisons that keep the question. */
function isPassedOn(node: ts.Node): boolean {
  const { parent } = node;
  return (
    ts.isParenthesizedExpression(parent) ||
    ts.isAwaitExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
  );
}

/** An answer that is asked for later matters when one of these questions does; one that is handed on may. */
function fateOfVariable(name: ts.Identifier, depth: number): Fate {
  const fn = enclosingFunction(name);
  if (depth >= MAX_DEPTH || fn?.body === undefined) return 'value';
  const fates: Fate[] = [];
  some([fn.body], (node) => {
    if (ts.isIdentifier(node) && node !== name && node.text === name.text && isRead(node)) {
      fates.push(fateOf(node, depth + 1));
    }
    return false;
  });
  if (fates.includes('decides')) return 'decides';
  return fates.length > 0 && fates.every((fate) => fate === 'idle') ? 'idle' : 'value';
}

function isRead(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== node;
  return !ts.isPropertyAssignment(parent) || parent.name !== node;
}

/** Says that code lets somebody in, turns somebody away or leaves. */
function decides(branch: Branch): boolean {
  return grantOf(branch) !== 'none' || refuses(branch) || closes(branch);
}

/** `isAdmin(user);` and `track(isAdmin(user));`, unless a callback among what it takes goes on from there. */
function isDropped(call: ts.CallExpression): boolean {
  let at: ts.Node = call;
  while (ts.isAwaitExpression(at.parent) || ts.isParenthesizedExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (ts.isExpressionStatement(parent)) return !call.arguments.some(goesOn);
  if (!ts.isCallExpression(parent) || parent.expression === at) return false;
  return (
    ts.isExpressionStatement(parent.parent) && !isRegistration(parent) && !/assert|ensure/i.test(calleeName(parent))
  );
}

/** `next`, or a function that hands on or refuses. */
function goesOn(argument: ts.Expression): boolean {
  const node = unwrap(argument);
  if (ts.isIdentifier(node)) return isHandOnName(node.text);
  return ts.isFunctionLike(node) || (ts.isCallExpression(node) && isHandOn(node));
}

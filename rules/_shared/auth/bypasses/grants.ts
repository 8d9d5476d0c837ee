import { ts, unwrap } from '#api';
import { isNullish } from '../../calls.ts';
import { isIdentityName } from '../accessNames.ts';
import { type Branch, calleeName, handsOnError, isHandOn, some } from './branch.ts';

/** How a branch lets somebody through. */
export type Grant =
  /** Hands on, says yes, or makes somebody up. */
  | 'opens'
  /** Ends the function, so that what follows is not reached. */
  | 'leaves'
  /** Neither. */
  | 'none';

/** The strongest way in that a branch has, what functions inside of it do left out. */
export function grantOf(branch: Branch): Grant {
  if (some(branch, opens, true)) return 'opens';
  return some(branch, ts.isReturnStatement, true) ? 'leaves' : 'none';
}

function opens(node: ts.Node): boolean {
  if (ts.isReturnStatement(node)) return node.expression !== undefined && isYes(node.expression);
  if (ts.isCallExpression(node)) return (isHandOn(node) && !handsOnError(node)) || setsIdentity(node);
  return isIdentityAssignment(node);
}

/** `true`, `Promise.resolve(true)`, an object that says who somebody is. */
function isYes(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (ts.isCallExpression(node))
    return node.arguments.length === 1 && node.arguments[0]?.kind === ts.SyntaxKind.TrueKeyword;
  return node.kind === ts.SyntaxKind.TrueKeyword || ts.isObjectLiteralExpression(node);
}

/** Says that a branch makes somebody up. */
export function makesUpIdentity(branch: Branch): boolean {
  return some(branch, (node) => isIdentityAssignment(node) || (ts.isCallExpression(node) && setsIdentity(node)), true);
}

/** `req.user = …`, `session = { … }`. */
function isIdentityAssignment(node: ts.Node): boolean {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false;
  const target = unwrap(node.left);
  const name = ts.isIdentifier(target) ? target.text : ts.isPropertyAccessExpression(target) ? target.name.text : '';
  return isIdentityName(name) && !isNullish(unwrap(node.right));
}

/** `c.set('user', …)` */
function setsIdentity(call: ts.CallExpression): boolean {
  const [key] = call.arguments;
  return calleeName(call) === 'set' && key !== undefined && ts.isStringLiteralLike(key) && isIdentityName(key.text);
}

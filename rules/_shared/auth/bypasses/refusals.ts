import { ts, unwrap } from '#api';
import { isNullish } from '../../calls.ts';
import { isComparison } from '../../operators.ts';
import { isRefusalName } from '../accessNames.ts';
import { type Branch, calleeName, handsOnError, isHandOn, some } from './branch.ts';

/** A branch that turns somebody away: 401, 403, an error named so, a way to the login page. */
export function refuses(branch: Branch): boolean {
  return some(branch, (node) => {
    if (ts.isNumericLiteral(node)) return (node.text === '401' || node.text === '403') && isSaid(node);
    if (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) return isRefusalName(node.text) && isSaid(node);
    return ts.isCallExpression(node) && calleeName(node) === 'redirect' && some(node.arguments, leadsToLogin);
  });
}

/** A branch that answers with an error of any kind, such as 503: whoever comes is served nothing. */
export function answersError(branch: Branch): boolean {
  return some(branch, (node) => ts.isNumericLiteral(node) && /^[45]\d\d$/.test(node.text) && isSaid(node), true);
}

/**
 * Sent, thrown or handed on: what is compared was said by somebody else, an option's name says nothing, and what is logged
 * is told to others.
 */
function isSaid(node: ts.Node): boolean {
  let at = node;
  while (ts.isPropertyAccessExpression(at.parent) && at.parent.name === at) at = at.parent;
  const { parent } = at;
  if (ts.isPropertyAssignment(parent)) return parent.name !== at;
  if (ts.isCaseClause(parent)) return parent.expression !== at;
  if (ts.isCallExpression(parent) && parent.expression !== at) return !isLogging(parent);
  if (!ts.isBinaryExpression(parent)) return true;
  const operator = parent.operatorToken.kind;
  return !isComparison(operator) && operator !== ts.SyntaxKind.InstanceOfKeyword;
}

function isLogging(call: ts.CallExpression): boolean {
  return /^(?:console|log(?:ger)?|track|analytics|debug|warn|info)\b|\.log(?:ger)?\b/.test(call.expression.getText());
}

function leadsToLogin(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) && /log-?in|sign-?in/i.test(node.text);
}

/** A branch that ends by throwing, `false`, an error handed on or the process: whatever it is for, it opens nothing. */
export function closes(branch: Branch): boolean {
  return some(
    branch,
    (node) => {
      if (ts.isThrowStatement(node)) return true;
      if (ts.isReturnStatement(node)) return node.expression !== undefined && isNo(node.expression);
      if (!ts.isCallExpression(node)) return false;
      return calleeName(node) === 'exit' || (isHandOn(node) && handsOnError(node));
    },
    true,
  );
}

/** `false`, or an object that says it: an error in it, `ok: false`, `action: 'reject'`. */
function isNo(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (node.kind === ts.SyntaxKind.FalseKeyword) return true;
  if (!ts.isObjectLiteralExpression(node)) return false;
  return node.properties.some((property) => {
    const name = property.name !== undefined && ts.isIdentifier(property.name) ? property.name.text : '';
    if (!ts.isPropertyAssignment(property)) return name === 'error';
    const value = unwrap(property.initializer);
    if (name === 'error') return !isNullish(value);
    if (value.kind === ts.SyntaxKind.FalseKeyword)
      return /^(?:ok|success|allowed|valid|authori[sz]ed|authenticated)$/.test(name);
    return ts.isStringLiteralLike(value) && /^(?:reject|den(?:y|ied)|error|fail|block|forbid|unauth)/i.test(value.text);
  });
}

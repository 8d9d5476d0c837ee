import { type FunctionNode, ts, unwrap } from '#api';
import { memberAccess, propertyKey } from '../../_shared/calls.ts';
import { enclosingFunction, isFunctionWithBody } from '../../_shared/enclosing.ts';
import { makesSecret, opens } from './naming.ts';

/** Functions whose result is made of their argument: rounding, conversion, picking a character. */
const CARRIES =
  /^(?:floor|round|ceil|trunc|abs|String|Number|parseInt|toString|charAt|at|slice|substring|substr|padStart|padEnd|join|concat|replace|toUpperCase|toLowerCase|toFixed|split|from|btoa|push|trim)$/;

/** The name of the secret that a random number becomes; `undefined` when it becomes none, or something else. */
export function secretMadeOf(call: ts.CallExpression): string | undefined {
  const { node, stops } = climb(call);
  const name = stops ? takerOf(node) : undefined;
  if (name !== undefined && opens(name)) return name;
  // `result += characters[…]` in generatePassword(): what a function puts together is what it is called for.
  const fn = node.parent !== undefined && isFunctionWithBody(node.parent) ? node.parent : enclosingFunction(node);
  const owner = fn && nameOfMaker(fn);
  return owner !== undefined && isPutTogether(node, fn) && makesSecret(owner) ? owner : undefined;
}

/** The outermost expression that the number is a part of. */
function climb(call: ts.Node): { readonly node: ts.Node; readonly stops: boolean } {
  let node = call;
  for (;;) {
    const { parent } = node;
    if (ts.isCallExpression(parent) && parent.expression !== node) {
      const callee = unwrap(parent.expression);
      const name = ts.isIdentifier(callee) ? callee.text : memberAccess(callee)?.name;
      if (name === undefined || !CARRIES.test(name)) return { node, stops: false };
    } else if (ts.isBinaryExpression(parent)) {
      const { kind } = parent.operatorToken;
      const isAssignment = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
      const compares = /^(?:[<>]=?|[!=]==?|&&|\|\||\?\?)$/.test(parent.operatorToken.getText());
      if (isAssignment || compares) return { node, stops: isAssignment };
    } else if (ts.isConditionalExpression(parent)) {
      return { node, stops: false };
    } else if (isFunctionWithBody(parent) && node === parent.body) {
      // Array.from({ length: 6 }, () => digits[…]) goes on with the call around it.
      if (!ts.isCallExpression(parent.parent)) return { node, stops: true };
    } else if (!ts.isExpression(parent) && !ts.isTemplateSpan(parent)) {
      return { node, stops: true };
    }
    node = parent;
  }
}

function takerOf(node: ts.Node): string | undefined {
  const { parent } = node;
  if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) ? parent.name.text : undefined;
  if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) return propertyKey(parent.name);
  if (ts.isBinaryExpression(parent)) {
    const target = unwrap(parent.left);
    return ts.isIdentifier(target) ? target.text : memberAccess(target)?.name;
  }
  return undefined;
}

/** Returned, or added to what a loop puts together. */
function isPutTogether(node: ts.Node, fn: FunctionNode | undefined): boolean {
  const { parent } = node;
  if (ts.isReturnStatement(parent) || fn?.body === node) return true;
  if (ts.isBinaryExpression(parent)) return parent.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken;
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name) || fn?.body === undefined) return false;
  const name = parent.name.text;
  const end = fn.body.getText();
  return new RegExp(
    `\\breturn [^;\\n]*\\b${name.replace(/\$/g, '\\$')}\\b|\\+=[^;\\n]*\\b${name.replace(/\$/g, '\\$')}\\b`,
  ).test(end);
}

function nameOfMaker(fn: FunctionNode): string | undefined {
  const { parent } = fn;
  const holder =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  const name = fn.name ?? (holder ? parent.name : undefined);
  return name !== undefined && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) ? name.text : undefined;
}

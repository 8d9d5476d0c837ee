import { ts, unwrap } from '#api';
import { constant, memberAccess, propertyKey } from '../../_shared/calls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import type { Encoding } from './encoding.ts';

/** The name under which the result of a call is kept: a variable, a property, or what is assigned to. */
export function keptAs(call: ts.Node): string | undefined {
  let node = call;
  while (isAround(node.parent, node)) node = node.parent;
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) && parent.initializer === node) return nameText(parent.name);
  if (ts.isPropertyAssignment(parent) && parent.initializer === node) return propertyKey(parent.name);
  if (ts.isPropertyDeclaration(parent) && parent.initializer === node) return propertyKey(parent.name);
  if (!ts.isBinaryExpression(parent) || parent.right !== node) return undefined;
  if (parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const target = unwrap(parent.left);
  return ts.isIdentifier(target) ? target.text : memberAccess(target)?.name;
}

function isAround(parent: ts.Node, node: ts.Node): boolean {
  if (ts.isConditionalExpression(parent)) return parent.condition !== node;
  return unwrap(parent) !== parent || ts.isAwaitExpression(parent);
}

function nameText(name: ts.BindingName): string | undefined {
  return ts.isIdentifier(name) ? name.text : undefined;
}

/** Names of what is encrypted already, or binary. */
const SEALED = /cipher|encrypt|seal|xor|hash|buf|bytes?\b|binary|^iv$|combined|packed|payload|signature|compress|zip/i;

/** True when what is encoded is plain text as far as it can be seen: no ciphertext, no bytes, nothing of unknown making. */
export function isPlain({ value }: Encoding, source: SourceView): boolean {
  return constant(value) === undefined && everyPartPlain(value, source, 0);
}

const MAX_DEPTH = 4;

function everyPartPlain(node: ts.Node, source: SourceView, depth: number): boolean {
  const expression = unwrap(node);
  if (ts.isIdentifier(expression)) {
    if (SEALED.test(expression.text) || depth > MAX_DEPTH) return false;
    const declaration = source.lookup(expression);
    if (declaration !== undefined && ts.isParameter(declaration)) return true;
    const initial = initialValue(expression, source);
    if (initial === undefined || ts.isBindingElement(initial)) return isKeyWord(expression);
    if (isFunctionWithBody(initial)) return false;
    return everyPartPlain(initial, source, depth + 1);
  }
  if (ts.isPropertyAccessExpression(expression)) return !SEALED.test(expression.name.text);
  if (ts.isCallExpression(expression)) {
    const isText = /^(?:JSON\.stringify|(?:en|de)codeURIComponent|String|unescape|escape)$|\.(?:toString|trim)$/.test(
      expression.expression.getText(),
    );
    const parts = [...expression.arguments, memberAccess(expression.expression)?.receiver];
    return isText && parts.every((part) => part === undefined || isGlobal(part) || everyPartPlain(part, source, depth));
  }
  if (ts.isTemplateExpression(expression)) {
    return expression.templateSpans.every((span) => everyPartPlain(span.expression, source, depth));
  }
  if (ts.isBinaryExpression(expression)) {
    return everyPartPlain(expression.left, source, depth) && everyPartPlain(expression.right, source, depth);
  }
  return ts.isObjectLiteralExpression(expression) || ts.isStringLiteralLike(expression);
}

function isGlobal(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === 'JSON';
}

function isKeyWord({ text }: ts.Identifier): boolean {
  return text === 'undefined';
}

/** Whether the code around encrypts as well, somewhere this rule cannot follow. */
export function isNearCipher(fn: ts.Node): boolean {
  const visit = (node: ts.Node): boolean => {
    if (
      ts.isIdentifier(node) &&
      /^(?:createCipheriv|createDecipheriv|createCipher|subtle|publicEncrypt|privateDecrypt|cipher|AES|DES|RSA|sodium|nacl|kms|safeStorage|encrypt\w*|xor\w*)$/i.test(
        node.text,
      ) &&
      isUsed(node)
    ) {
      return true;
    }
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return visit(fn);
}

/** Called, or asked for a member; a name that is only declared or kept says nothing. */
function isUsed(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isCallExpression(parent)) return parent.expression === name;
  if (!ts.isPropertyAccessExpression(parent)) return false;
  if (parent.expression === name) return true;
  return (
    (ts.isCallExpression(parent.parent) && parent.parent.expression === parent) ||
    ts.isPropertyAccessExpression(parent.parent)
  );
}

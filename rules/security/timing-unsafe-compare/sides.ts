import { ts, unwrap } from '#api';
import { isProofName, secretKind } from '../../_shared/auth/secretNames.ts';
import { byName } from '../../_shared/byName.ts';
import { calledName, memberAccess, memberCall } from '../../_shared/calls.ts';
import { variableRead } from '../../_shared/env/variableRead.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import { isComparison } from '../../_shared/operators.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { requestData } from '../../_shared/web/requestData.ts';

/** How far locals are followed. */
const MAX_DEPTH = 4;

/** A comparison that may be one of secrets: neither side is a constant, and one says by its name what it is. */
export function mayCompareSecrets(node: ts.BinaryExpression): boolean {
  if (!isComparison(node.operatorToken.kind)) return false;
  const left = unwrap(node.left);
  const right = unwrap(node.right);
  return !isConstant(left) && !isConstant(right) && (isNamed(left) || isNamed(right));
}

function isConstant(node: ts.Node): boolean {
  return (
    ts.isStringLiteralLike(node) ||
    ts.isNumericLiteral(node) ||
    ts.isTypeOfExpression(node) ||
    ts.isPrefixUnaryExpression(node) ||
    (ts.isIdentifier(node) && node.text === 'undefined') ||
    node.kind === ts.SyntaxKind.NullKeyword ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    memberAccess(node)?.name === 'length'
  );
}

function isNamed(node: ts.Node): boolean {
  if (ts.isCallExpression(node)) return calledName(node) === 'digest' || isNamed(calleeOwner(node) ?? node.expression);
  if (ts.isTemplateExpression(node)) return node.templateSpans.some(({ expression }) => isNamed(unwrap(expression)));
  if (ts.isBinaryExpression(node)) return isNamed(unwrap(node.left)) || isNamed(unwrap(node.right));
  const name = ts.isIdentifier(node) ? node.text : memberAccess(node)?.name;
  return name !== undefined && namesSecret(name);
}

const namesSecret = byName(
  (name) => isProofName(name) || secretKind(name) !== undefined || /hash$|^(?:mac|expected)$/i.test(name),
);

function calleeOwner(call: ts.CallExpression): ts.Node | undefined {
  const member = memberCall(call);
  return member && unwrap(member.receiver);
}

/** What a comparison reveals bit by bit, and how it is called: `{ shown: 'req.headers.signature' }`. */
export function leaked(node: ts.BinaryExpression, source: SourceView): 'signature' | 'secret' | undefined {
  const sides = [unwrap(node.left), unwrap(node.right)] as const;
  const signed = sides.map((side) => isSignature(side, source, 0));
  // Two signatures that were both computed here are nobody's guess.
  if (signed[0] !== signed[1]) return 'signature';
  if (signed[0] === true) return undefined;
  for (const [own, other] of [sides, [sides[1], sides[0]] as const]) {
    if (isOwnSecret(own, source, 0) && isGiven(other, source)) return 'secret';
  }
  return undefined;
}

/** `createHmac(…).update(…).digest('hex')`, what a local holds of it, `` `sha256=${digest}` ``. */
function isSignature(node: ts.Node, source: SourceView, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.some(({ expression }) => isSignature(unwrap(expression), source, depth + 1));
  }
  if (ts.isBinaryExpression(node)) {
    const isJoin = node.operatorToken.kind === ts.SyntaxKind.PlusToken;
    return isJoin && [node.left, node.right].some((side) => isSignature(unwrap(side), source, depth + 1));
  }
  if (ts.isIdentifier(node)) {
    const value = initialValue(node, source);
    return value !== undefined && ts.isExpression(value) && isSignature(unwrap(value), source, depth + 1);
  }
  if (!ts.isCallExpression(node)) return false;
  const reference = source.header.resolve(node.expression);
  if (reference !== undefined && /^(?:crypto#createHmac|crypto-js#Hmac\w+|crypto-js\/hmac-\w+)$/.test(reference))
    return true;
  const member = memberCall(node);
  const chains = /^(?:digest|update|toString|toUpperCase|toLowerCase|replace|slice)$/.test(member?.name ?? '');
  return chains && member !== undefined && isSignature(unwrap(member.receiver), source, depth);
}

/** A secret of this program: a variable of the environment, or a setting, that is named as one. */
function isOwnSecret(node: ts.Node, source: SourceView, depth: number): boolean {
  if (depth > MAX_DEPTH || !ts.isExpression(node)) return false;
  const variable = variableRead(node, source);
  if (variable !== undefined) return isSecretName(variable);
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.some(({ expression }) => isOwnSecret(unwrap(expression), source, depth + 1));
  }
  if (ts.isBinaryExpression(node)) {
    const joins = /^(?:\+|\|\||\?\?)$/.test(node.operatorToken.getText());
    return joins && [node.left, node.right].some((side) => isOwnSecret(unwrap(side), source, depth + 1));
  }
  if (ts.isIdentifier(node)) {
    const value = initialValue(node, source);
    return value !== undefined && ts.isExpression(value) && isOwnSecret(unwrap(value), source, depth + 1);
  }
  const access = memberAccess(node);
  if (access === undefined || !isSecretName(access.name)) return false;
  const owner = unwrap(access.receiver);
  const holder = ts.isIdentifier(owner) ? owner.text : (memberAccess(owner)?.name ?? '');
  return /^(?:env|config|settings|secrets|conf|cfg)$|(?:Config|Settings|Secrets|Env)$/.test(holder);
}

function isSecretName(name: string): boolean {
  return secretKind(name) !== undefined || /(?:^|_)(?:KEY|SECRET|TOKEN)$/.test(name);
}

/** What somebody sent, or a parameter that is named for what they show. */
function isGiven(node: ts.Node, source: SourceView): boolean {
  if (requestData(node, source) !== undefined) return true;
  if (!ts.isIdentifier(node)) return false;
  const declaration = source.lookup(node);
  if (declaration === undefined || !ts.isParameter(declaration)) return false;
  return (
    isProofName(node.text) ||
    secretKind(node.text) !== undefined ||
    /^(?:provided|given|received|candidate)/i.test(node.text)
  );
}

import { ts, unwrap } from '#api';

/** A call through a member: `receiver.name(…)`, `receiver?.['name'](…)`. */
export interface MemberCall {
  readonly receiver: ts.Expression;
  readonly name: string;
  /** The name in the source: an identifier, or the text in brackets. */
  readonly place: ts.Node;
}

/** What a call is called by, last part first: `send` for `res.status(1).send()` and for `send()`. */
export function calledName(call: ts.CallExpression | ts.NewExpression): string | undefined {
  const callee = unwrap(call.expression);
  return ts.isIdentifier(callee) ? callee.text : memberAccess(callee)?.name;
}

/** The member that a call goes through; `undefined` for plain functions and computed names. */
export function memberCall(call: ts.CallExpression | ts.NewExpression): MemberCall | undefined {
  return memberAccess(unwrap(call.expression));
}

/** `object.name` and `object['name']` alike; private names keep their `#`. */
export function memberAccess(node: ts.Node): MemberCall | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    return { receiver: node.expression, name: node.name.text, place: node.name };
  }
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
    return { receiver: node.expression, name: node.argumentExpression.text, place: node.argumentExpression };
  }
  return undefined;
}

/**
 * What an object literal says of a member: its value (the name itself for shorthands, the method for methods), that it has
 * none, or that it cannot be told, because something is spread or computed, or because it is no literal.
 */
export type Option =
  | { readonly kind: 'given'; readonly value: ts.Node; readonly property: ts.ObjectLiteralElementLike }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown' };

const ABSENT: Option = { kind: 'absent' };
const UNKNOWN: Option = { kind: 'unknown' };

/** Looks a member up in an options object as it is written; a missing argument has no member. The last one given counts. */
export function option(options: ts.Node | undefined, name: string): Option {
  if (options === undefined) return ABSENT;
  const literal = unwrap(options);
  if (!ts.isObjectLiteralExpression(literal)) return isNothing(literal) ? ABSENT : UNKNOWN;
  let unclear = false;
  for (const property of [...literal.properties].reverse()) {
    if (ts.isSpreadAssignment(property)) {
      unclear = true;
      continue;
    }
    const key = propertyKey(property.name);
    if (key === undefined) unclear = true;
    if (key !== name) continue;
    // What is spread or computed after it may replace it.
    if (unclear) return UNKNOWN;
    if (ts.isPropertyAssignment(property)) return { kind: 'given', value: property.initializer, property };
    if (ts.isShorthandPropertyAssignment(property)) return { kind: 'given', value: property.name, property };
    return { kind: 'given', value: property, property };
  }
  return unclear ? UNKNOWN : ABSENT;
}

/** The name of a property as the program sees it; `undefined` for computed names that are no constant. */
export function propertyKey(name: ts.PropertyName): string | undefined {
  if (ts.isComputedPropertyName(name)) {
    const value = constant(name.expression)?.value;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }
  return ts.isBigIntLiteral(name) ? undefined : name.text;
}

/** A value that stands in the source, in an object of its own so that `null` and `undefined` are values as well. */
export interface Constant {
  readonly value: string | number | boolean | null | undefined;
}

/** The value of a literal, of `undefined`, and of arithmetic with numbers (`30 * 1000`); names are not followed. */
export function constant(expression: ts.Node): Constant | undefined {
  const node = unwrap(expression);
  if (ts.isStringLiteralLike(node)) return { value: node.text };
  if (ts.isNumericLiteral(node)) return { value: Number(node.text) };
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { value: true };
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { value: false };
  if (node.kind === ts.SyntaxKind.NullKeyword) return { value: null };
  if (isNothing(node)) return { value: undefined };
  if (ts.isPrefixUnaryExpression(node)) {
    const value = constant(node.operand)?.value;
    if (node.operator === ts.SyntaxKind.MinusToken && typeof value === 'number') return { value: -value };
    if (node.operator === ts.SyntaxKind.ExclamationToken && ts.isNumericLiteral(node.operand)) {
      return { value: value === 0 };
    }
    return undefined;
  }
  return ts.isBinaryExpression(node) ? arithmetic(node) : undefined;
}

function arithmetic(node: ts.BinaryExpression): Constant | undefined {
  const left = constant(node.left)?.value;
  const right = constant(node.right)?.value;
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.AsteriskToken:
      return { value: left * right };
    case ts.SyntaxKind.PlusToken:
      return { value: left + right };
    case ts.SyntaxKind.MinusToken:
      return { value: left - right };
    case ts.SyntaxKind.SlashToken:
      return { value: left / right };
    case ts.SyntaxKind.AsteriskAsteriskToken:
      return { value: left ** right };
    default:
      return undefined;
  }
}

/** `undefined`, `void 0`. */
function isNothing(node: ts.Node): boolean {
  return ts.isVoidExpression(node) || (ts.isIdentifier(node) && node.text === 'undefined');
}

/** `null`, `undefined`. */
export function isNullish(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined');
}

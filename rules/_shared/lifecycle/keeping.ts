import { ts, unwrap } from '#api';
import { isFallback, isLogical } from '../operators.ts';
import type { Lookup } from '../sourceView.ts';

/** A place that keeps something for later. */
export type Keeper =
  | { readonly kind: 'variable'; readonly declaration: ts.Declaration; readonly name: string }
  /** A field of the class around the value; objects with methods count as well. */
  | { readonly kind: 'field'; readonly owner: Owner; readonly name: string }
  /** `ref.current` of a variable, and other properties of one. */
  | { readonly kind: 'property'; readonly declaration: ts.Declaration; readonly name: string };

/** What `this` stands for. */
export type Owner = ts.ClassLikeDeclaration | ts.ObjectLiteralExpression | ts.FunctionLikeDeclaration;

/** What becomes of a value right where it is made. */
export type Kept =
  /** Nobody looks at it. */
  | { readonly how: 'dropped' }
  | { readonly how: 'kept'; readonly in: Keeper }
  /** An element or entry of a keeper: `timers.push(x)`, `timers.set(id, x)`, `timers[id] = x`, `timers.add(x)`. */
  | { readonly how: 'collected'; readonly in: Keeper }
  /** Returned, passed on, a property of something that is: cannot be told. */
  | { readonly how: 'handedOn' };

const HANDED_ON: Kept = { how: 'handedOn' };

/** Says where a value is kept, over `as`, `!`, parentheses, `??` and the branches of `?:`. */
export function keptIn(value: ts.Node, lookup: Lookup): Kept {
  let inner = value;
  let { parent } = value;
  while (passesOn(parent, inner)) {
    inner = parent;
    parent = parent.parent;
  }
  if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) return { how: 'dropped' };
  if (ts.isVariableDeclaration(parent) && parent.initializer === inner) {
    return ts.isIdentifier(parent.name)
      ? kept({ kind: 'variable', declaration: parent, name: parent.name.text })
      : HANDED_ON;
  }
  if (ts.isPropertyDeclaration(parent) && parent.initializer === inner) {
    return ts.isClassLike(parent.parent) && isPlainName(parent.name)
      ? kept({ kind: 'field', owner: parent.parent, name: parent.name.text })
      : HANDED_ON;
  }
  if (ts.isBinaryExpression(parent) && parent.right === inner && isAssignment(parent.operatorToken.kind)) {
    // The assignment's own value may be used once more: `return (this.timer = …)`.
    return isUnused(parent) ? assigned(parent.left, lookup) : HANDED_ON;
  }
  return ts.isCallExpression(parent) ? added(parent, inner, lookup) : HANDED_ON;
}

/** The keeper that an expression names; `undefined` for anything but a variable, a field, or a variable's property. */
export function keeperOf(expression: ts.Node, lookup: Lookup): Keeper | undefined {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) {
    const declaration = lookup(node);
    return declaration && { kind: 'variable', declaration, name: node.text };
  }
  const name = memberOf(node);
  if (name === undefined) return undefined;
  const base = unwrap((node as ts.PropertyAccessExpression).expression);
  if (base.kind === ts.SyntaxKind.ThisKeyword) {
    const owner = ownerOfThis(base);
    return owner && { kind: 'field', owner, name };
  }
  const declaration = ts.isIdentifier(base) ? lookup(base) : undefined;
  if (declaration === undefined || !ts.isIdentifier(base)) return undefined;
  return isSelf(declaration)
    ? selfField(declaration, name)
    : { kind: 'property', declaration, name: `${base.text}.${name}` };
}

/** Whether two keepers are the same place. */
export function sameKeeper(a: Keeper | undefined, b: Keeper | undefined): boolean {
  if (a === undefined || b === undefined || a.kind !== b.kind || a.name !== b.name) return false;
  return a.kind === 'field' ? a.owner === (b as typeof a).owner : a.declaration === (b as typeof a).declaration;
}

/** What `this` stands for: the class, object or constructor function around it. */
export function ownerOfThis(node: ts.Node): Owner | undefined {
  for (let up = node.parent; up !== undefined; up = up.parent) {
    if (ts.isClassLike(up)) return up;
    if (ts.isArrowFunction(up)) continue;
    if (ts.isFunctionLike(up) && ts.isObjectLiteralExpression(up.parent)) return up.parent;
    if (ts.isFunctionExpression(up) && ts.isPropertyAssignment(up.parent)) return up.parent.parent;
    if (ts.isFunctionDeclaration(up) || ts.isFunctionExpression(up)) return up;
  }
  return undefined;
}

/** Text by which a keeper is named in code: `timer`, `this.timer`, `ref.current`. */
export function keeperText(keeper: Keeper): string {
  return keeper.kind === 'field' ? `this.${keeper.name}` : keeper.name;
}

function kept(keeper: Keeper | undefined): Kept {
  return keeper === undefined ? HANDED_ON : { how: 'kept', in: keeper };
}

function assigned(target: ts.Expression, lookup: Lookup): Kept {
  const node = unwrap(target);
  if (ts.isElementAccessExpression(node) && !ts.isStringLiteralLike(node.argumentExpression)) {
    return collected(node.expression, lookup);
  }
  return kept(keeperOf(node, lookup));
}

const ADDING = new Set(['push', 'add', 'set', 'unshift']);

function added(call: ts.CallExpression, inner: ts.Node, lookup: Lookup): Kept {
  const callee = unwrap(call.expression);
  const isArgument = call.arguments.some((argument) => argument === inner);
  if (!isArgument || !ts.isPropertyAccessExpression(callee) || !ADDING.has(callee.name.text)) return HANDED_ON;
  return isUnused(call) ? collected(callee.expression, lookup) : HANDED_ON;
}

function collected(collection: ts.Node, lookup: Lookup): Kept {
  const keeper = keeperOf(collection, lookup);
  return keeper === undefined ? HANDED_ON : { how: 'collected', in: keeper };
}

function isUnused(node: ts.Node): boolean {
  let { parent } = node;
  while (ts.isParenthesizedExpression(parent)) parent = parent.parent;
  return ts.isExpressionStatement(parent) || ts.isVoidExpression(parent);
}

function passesOn(parent: ts.Node, inner: ts.Node): boolean {
  if (unwrap(parent) !== parent) return true;
  if (ts.isConditionalExpression(parent)) return parent.condition !== inner;
  if (!ts.isBinaryExpression(parent) || parent.right !== inner) return false;
  const operator = parent.operatorToken.kind;
  return isFallback(operator) || isLogical(operator);
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.EqualsToken ||
    kind === ts.SyntaxKind.QuestionQuestionEqualsToken ||
    kind === ts.SyntaxKind.BarBarEqualsToken
  );
}

function memberOf(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (!ts.isElementAccessExpression(node)) return undefined;
  return ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : undefined;
}

function isPlainName(name: ts.PropertyName): name is ts.Identifier | ts.PrivateIdentifier | ts.StringLiteral {
  return ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteral(name);
}

/** `const self = this;` */
function isSelf(declaration: ts.Declaration): declaration is ts.VariableDeclaration {
  return ts.isVariableDeclaration(declaration) && declaration.initializer?.kind === ts.SyntaxKind.ThisKeyword;
}

function selfField({ initializer }: ts.VariableDeclaration, name: string): Keeper | undefined {
  const owner = initializer && ownerOfThis(initializer);
  return owner && { kind: 'field', owner, name };
}

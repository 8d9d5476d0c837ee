import { ts, unwrap } from '#api';
import { isNullish } from '../../_shared/calls.ts';
import { keeperOf } from '../../_shared/lifecycle/keeping.ts';
import { hasModifier } from '../../_shared/modifiers.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** What a collection is, as far as its methods differ. */
export type CollectionKind = 'map' | 'set' | 'list' | 'object';

/** A collection that is there as long as the process, or as the one object of its class. */
export interface Collection {
  readonly kind: CollectionKind;
  /** How the code names it: `sessions`, `this.sessions`, `Gateway.sessions`. */
  readonly text: string;
  readonly declaration: ts.VariableDeclaration | ts.PropertyDeclaration;
  /** What has to be read to know all that happens to it. */
  readonly scope: ts.SourceFile | ts.ClassLikeDeclaration;
}

/** What adds to a collection. */
export interface Growth {
  readonly node: ts.CallExpression | ts.BinaryExpression;
  readonly collection: ts.Expression;
  /** What it is kept under; the element itself in a set, nothing in a list. */
  readonly key: ts.Expression | undefined;
}

export const GROWS: Readonly<Record<string, readonly CollectionKind[]>> = {
  set: ['map'],
  add: ['set'],
  push: ['list'],
  unshift: ['list'],
};

/** By syntax alone: `sessions.set(id, …)`, `this.seen.add(id)`, `log.push(entry)`, `byId[id] = …`. */
export function growthOf(node: ts.CallExpression | ts.BinaryExpression): Growth | undefined {
  if (ts.isBinaryExpression(node)) {
    if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
    const left = unwrap(node.left);
    if (!ts.isElementAccessExpression(left) || isEmptied(node.right)) return undefined;
    return { node, collection: left.expression, key: left.argumentExpression };
  }
  const callee = unwrap(node.expression);
  if (!ts.isPropertyAccessExpression(callee) || !Object.hasOwn(GROWS, callee.name.text)) return undefined;
  const [key] = node.arguments;
  if (key === undefined) return undefined;
  const isKeyed = callee.name.text === 'set' || callee.name.text === 'add';
  return { node, collection: callee.expression, key: isKeyed ? key : undefined };
}

/** `byId[id] = undefined` takes away rather than adds. */
function isEmptied(value: ts.Expression): boolean {
  return isNullish(unwrap(value));
}

/** The long-lived collection that something is added to, when this file alone can reach it. */
export function collectionOf({ collection, node }: Growth, source: SourceView): Collection | undefined {
  const target = unwrap(collection);
  const keeper = keeperOf(target, source.lookup);
  if (keeper === undefined) return undefined;
  if (keeper.kind === 'variable') {
    const { declaration } = keeper;
    if (!ts.isVariableDeclaration(declaration) || !isTopLevel(declaration)) return undefined;
    const kind = kindOf(declaration.initializer, node);
    return kind && { kind, text: keeper.name, declaration, scope: node.getSourceFile() };
  }
  const owner = keeper.kind === 'field' ? keeper.owner : ownClass(keeper.declaration);
  if (owner === undefined || !ts.isClassLike(owner)) return undefined;
  const name = keeper.kind === 'field' ? keeper.name : keeper.name.slice(keeper.name.indexOf('.') + 1);
  const declaration = fieldOf(owner, name);
  if (declaration === undefined || isOpen(declaration)) return undefined;
  const isStatic = (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Static) !== 0;
  if (isStatic !== (keeper.kind === 'property')) return undefined;
  const kind = kindOf(declaration.initializer, node);
  return kind && { kind, text: target.getText(), declaration, scope: owner };
}

function accepted(kind: CollectionKind, node: Growth['node']): boolean {
  if (ts.isBinaryExpression(node)) return kind === 'object';
  const callee = unwrap(node.expression);
  return ts.isPropertyAccessExpression(callee) && GROWS[callee.name.text]?.includes(kind) === true;
}

/** What a collection is that starts empty and can grow in this way. */
function kindOf(initializer: ts.Expression | undefined, growth: Growth['node']): CollectionKind | undefined {
  const kind = initializer && emptyKind(initializer);
  return kind !== undefined && accepted(kind, growth) ? kind : undefined;
}

function emptyKind(initializer: ts.Expression): CollectionKind | undefined {
  const value = unwrap(initializer);
  if (ts.isArrayLiteralExpression(value)) return value.elements.length === 0 ? 'list' : undefined;
  if (ts.isObjectLiteralExpression(value)) return value.properties.length === 0 ? 'object' : undefined;
  if (!ts.isNewExpression(value) || (value.arguments?.length ?? 0) > 0 || !ts.isIdentifier(value.expression)) {
    return value.getText() === 'Object.create(null)' ? 'object' : undefined;
  }
  return value.expression.text === 'Map' ? 'map' : value.expression.text === 'Set' ? 'set' : undefined;
}

/** A variable of the module that no other file can reach. */
function isTopLevel(declaration: ts.VariableDeclaration): boolean {
  const statement = declaration.parent.parent;
  return (
    ts.isVariableStatement(statement) &&
    ts.isSourceFile(statement.parent) &&
    !hasModifier(statement, ts.SyntaxKind.ExportKeyword)
  );
}

/** The class that a static field is named by. */
function ownClass(declaration: ts.Declaration): ts.ClassLikeDeclaration | undefined {
  return ts.isClassLike(declaration) ? declaration : undefined;
}

function fieldOf(owner: ts.ClassLikeDeclaration, name: string): ts.PropertyDeclaration | undefined {
  for (const member of owner.members) {
    if (ts.isPropertyDeclaration(member) && member.name.getText() === name) return member;
  }
  return undefined;
}

/** A field that other files may empty: public ones of TypeScript, all but `#names` of JavaScript. */
function isOpen(declaration: ts.PropertyDeclaration): boolean {
  if (ts.isPrivateIdentifier(declaration.name)) return false;
  return (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Private) === 0;
}

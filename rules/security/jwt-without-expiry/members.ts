import { ts, unwrap } from '#api';
import { propertyKey } from '../../_shared/calls.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** Whether an object has a member, as far as the file tells. */
export type Presence = 'present' | 'absent' | 'unknown';

/** How many constants and spreads are followed. */
const MAX_DEPTH = 4;

/** Says whether the object that an expression stands for has a member: by its literal, its constant, or its declared type. */
export function presence(expression: ts.Node, name: string, source: SourceView, depth = 0): Presence {
  if (depth > MAX_DEPTH) return 'unknown';
  const node = unwrap(expression);
  if (ts.isObjectLiteralExpression(node)) return inLiteral(node, name, source, depth);
  if (!ts.isIdentifier(node)) return 'unknown';
  const declaration = source.lookup(node);
  if (declaration === undefined) return 'unknown';
  if (ts.isParameter(declaration))
    return isChanged(node, declaration, source) ? 'unknown' : inType(declaration.type, name, source);
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return 'unknown';
  return isChanged(node, declaration, source) ? 'unknown' : presence(declaration.initializer, name, source, depth + 1);
}

function inLiteral(node: ts.ObjectLiteralExpression, name: string, source: SourceView, depth: number): Presence {
  let answer: Presence = 'absent';
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) {
      const inner = presence(property.expression, name, source, depth + 1);
      if (inner !== 'absent') answer = inner;
      continue;
    }
    const key = propertyKey(property.name);
    if (key === name) return 'present';
    if (key === undefined) answer = 'unknown';
  }
  return answer;
}

/** Written to, or handed to somebody who may: `claims.exp = …`, `Object.assign(claims, …)`, `addExpiry(claims)`. */
function isChanged(use: ts.Identifier, declaration: ts.Declaration, source: SourceView): boolean {
  const isConstant = ts.isParameter(declaration) || (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  const scope = enclosingFunction(declaration) ?? declaration.getSourceFile();
  source.relyOn(scope);
  let changed = !isConstant;
  const visit = (node: ts.Node): void => {
    if (changed || node === declaration) return;
    if (ts.isIdentifier(node) && node.text === use.text && node !== use) changed = mayChange(node);
    else ts.forEachChild(node, visit);
  };
  ts.forEachChild(scope, visit);
  return changed;
}

function mayChange(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isCallExpression(parent))
    return parent.arguments[0] === node && !/\.(?:sign|encode|log|info|debug)$/.test(parent.expression.getText());
  const isMember =
    (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) && parent.expression === node;
  const target = isMember ? parent : node;
  return (
    ts.isBinaryExpression(target.parent) &&
    target.parent.left === target &&
    target.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}

/** A type written out where the parameter is, or an interface or alias of this file that takes nothing from elsewhere. */
function inType(type: ts.TypeNode | undefined, name: string, source: SourceView, depth = 0): Presence {
  if (type === undefined || depth > MAX_DEPTH) return 'unknown';
  if (ts.isTypeLiteralNode(type)) return inMembers(type.members, name);
  if (!ts.isTypeReferenceNode(type) || type.typeArguments !== undefined || !ts.isIdentifier(type.typeName))
    return 'unknown';
  const declared = source.lookupType(type.typeName);
  if (declared === undefined) return 'unknown';
  if (ts.isTypeAliasDeclaration(declared)) return inType(declared.type, name, source, depth + 1);
  const isWhole = ts.isInterfaceDeclaration(declared) && declared.heritageClauses === undefined;
  return isWhole ? inMembers(declared.members, name) : 'unknown';
}

function inMembers(members: ts.NodeArray<ts.TypeElement>, name: string): Presence {
  for (const member of members) {
    if (member.name === undefined) return 'unknown';
    if (propertyKey(member.name) === name) return 'present';
  }
  return 'absent';
}

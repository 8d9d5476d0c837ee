import { type FunctionNode, ts } from '#api';
import { enclosingFunction, isFunctionWithBody } from './enclosing.ts';
import { initialValue } from './initialValue.ts';
import { hasModifier } from './modifiers.ts';
import { isFallback } from './operators.ts';
import type { SourceView } from './sourceView.ts';

/** How far aliases and contexts are followed. */
const MAX_DEPTH = 8;

/**
 * The type that the place of an expression (or of an object's method) is declared to have, as far as this file says:
 * through variables, class fields, casts, objects, arrays, what a function returns and what one declared here takes.
 */
export function contextualType(node: ts.Node, source: SourceView, depth = 0): ts.TypeNode | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const parent = node.parent;
  const outer = (at: ts.Node) => contextualType(at, source, depth + 1);

  if (ts.isMethodDeclaration(node)) {
    return ts.isObjectLiteralExpression(parent) ? memberType(outer(parent), node.name, source) : undefined;
  }
  if (ts.isParenthesizedExpression(parent)) return outer(parent);
  if (ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent) || ts.isTypeAssertionExpression(parent)) {
    return ts.isConstTypeReference(parent.type) ? outer(parent) : parent.type;
  }
  if (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isParameter(parent)) {
    return parent.initializer === node ? parent.type : undefined;
  }
  if (ts.isPropertyAssignment(parent)) return memberType(outer(parent.parent), parent.name, source);
  if (ts.isArrayLiteralExpression(parent)) return elementType(outer(parent), source);
  if (ts.isConditionalExpression(parent)) return parent.condition === node ? undefined : outer(parent);
  if (ts.isBinaryExpression(parent)) return isFallback(parent.operatorToken.kind) ? outer(parent) : undefined;
  if (ts.isArrowFunction(parent)) return returnType(parent, source, depth + 1);
  if (ts.isReturnStatement(parent)) {
    const fn = enclosingFunction(parent);
    return fn === undefined ? undefined : returnType(fn, source, depth + 1);
  }
  if (ts.isCallExpression(parent)) return parameterType(parent, node as ts.Expression, source);
  return undefined;
}

/** An alias of this file replaced by what it stands for, parentheses dropped. */
export function expandAlias(type: ts.TypeNode, source: SourceView, depth = 0): ts.TypeNode {
  if (ts.isParenthesizedTypeNode(type)) return expandAlias(type.type, source, depth);
  if (depth > MAX_DEPTH || !ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return type;
  const alias = source.lookupType(type.typeName);
  return alias !== undefined && ts.isTypeAliasDeclaration(alias) ? expandAlias(alias.type, source, depth + 1) : type;
}

/** What a function is declared to return, by itself or by the type of its place; what an async one resolves to. */
function returnType(fn: FunctionNode, source: SourceView, depth: number): ts.TypeNode | undefined {
  const type = fn.type ?? callResult(contextualType(fn, source, depth), source);
  if (type === undefined) return undefined;
  const isAsync = hasModifier(fn, ts.SyntaxKind.AsyncKeyword);
  return isAsync ? (typeArgument(type, 'Promise', 0) ?? type) : type;
}

function callResult(type: ts.TypeNode | undefined, source: SourceView): ts.TypeNode | undefined {
  const expanded = type === undefined ? undefined : expandAlias(type, source);
  return expanded !== undefined && ts.isFunctionTypeNode(expanded) ? expanded.type : undefined;
}

function typeArgument(type: ts.TypeNode, name: string, index: number): ts.TypeNode | undefined {
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName) || type.typeName.text !== name) return undefined;
  return type.typeArguments?.[index];
}

function elementType(type: ts.TypeNode | undefined, source: SourceView): ts.TypeNode | undefined {
  if (type === undefined) return undefined;
  const expanded = expandAlias(type, source);
  if (ts.isTypeOperatorNode(expanded)) return elementType(expanded.type, source);
  if (ts.isArrayTypeNode(expanded)) return expanded.elementType;
  return typeArgument(expanded, 'Array', 0) ?? typeArgument(expanded, 'ReadonlyArray', 0);
}

function memberType(type: ts.TypeNode | undefined, key: ts.PropertyName, source: SourceView): ts.TypeNode | undefined {
  if (type === undefined) return undefined;
  const expanded = expandAlias(type, source);
  const record = typeArgument(expanded, 'Record', 1);
  if (record !== undefined) return record;
  const name = nameText(key);
  return name === undefined ? undefined : declaredMember(expanded, name, source);
}

/** The type that a type literal, or an interface or alias of this file, declares a member to have. */
export function declaredMember(
  type: ts.TypeNode | undefined,
  name: string,
  source: SourceView,
): ts.TypeNode | undefined {
  if (type === undefined) return undefined;
  const expanded = expandAlias(type, source);
  const members = ts.isTypeLiteralNode(expanded) ? expanded.members : interfaceMembers(expanded, source);
  const member = members?.find((one) => one.name !== undefined && nameText(one.name) === name);
  return member !== undefined && ts.isPropertySignature(member) ? member.type : undefined;
}

function interfaceMembers(type: ts.TypeNode, source: SourceView): ts.NodeArray<ts.TypeElement> | undefined {
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return undefined;
  const declaration = source.lookupType(type.typeName);
  return declaration !== undefined && ts.isInterfaceDeclaration(declaration) ? declaration.members : undefined;
}

function nameText(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined;
}

/** The declared type of the parameter that an argument of a call goes to, when the callee is a function of this file. */
export function parameterType(
  call: ts.CallExpression,
  argument: ts.Expression,
  source: SourceView,
): ts.TypeNode | undefined {
  if (!ts.isIdentifier(call.expression)) return undefined;
  const callee = initialValue(call.expression, source);
  if (callee === undefined || !isFunctionWithBody(callee)) return undefined;
  const index = call.arguments.indexOf(argument);
  const last = callee.parameters.at(-1);
  if (last?.dotDotDotToken !== undefined && index >= callee.parameters.length - 1) {
    return elementType(last.type, source);
  }
  return callee.parameters[index]?.type;
}

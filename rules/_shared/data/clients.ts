import { ts, unwrap } from '#api';
import { memberAccess } from '../calls.ts';
import { classAround } from '../classAround.ts';
import { declaredMember } from '../contextualType.ts';
import { isFunctionWithBody } from '../enclosing.ts';
import { isFallback } from '../operators.ts';
import type { SourceView } from '../sourceView.ts';
import { withoutAwait } from '../withoutAwait.ts';
import { classMember, isThis } from './classMembers.ts';
import { type Named, namedValue, typeValue } from './clientTypes.ts';
import { follow, step, targetText } from './leads.ts';
import { LIBRARIES } from './libraries/index.ts';
import type { DataClient, Library } from './model.ts';
import { likelyValue } from './shapes.ts';
import { transactionParameter } from './transactionParameter.ts';

/** Chains are followed for so many calls. */
export const MAX_STEPS = 40;

/** Looks one question may take at names, members and calls, all ways it branches taken together; more is a cycle. */
const MAX_LOOKS = 120;

/** What is left of them, counted down by everybody who answers a part of the question. */
interface Budget {
  left: number;
}

const SINGLETONS: ReadonlySet<string> = new Set(LIBRARIES.flatMap(({ singletons }) => singletons ?? []));

/**
 * Which library's value an expression is, judged by what made it, its declared type or its class; `undefined` when none of
 * them shows. With `assumed`, a value of unknown origin counts for this library when its name has the library's shape.
 */
export function clientOf(
  expression: ts.Node,
  source: SourceView,
  assumed?: Library,
  budget: Budget = { left: MAX_LOOKS },
): DataClient | undefined {
  if (budget.left-- <= 0) return undefined;
  const node = withoutAwait(expression);
  const next = (inner: ts.Node | undefined) =>
    inner === undefined ? undefined : clientOf(inner, source, assumed, budget);
  if (ts.isCallExpression(node)) {
    return calledValue(node, source, assumed, next) ?? likelyResult(node, assumed, source);
  }
  if (ts.isNewExpression(node)) {
    const made = namedValue(source.header.resolve(node.expression), source.header);
    return made === undefined ? undefined : certain(made, node);
  }
  if (ts.isBinaryExpression(node)) return isEither(node) ? (next(node.right) ?? next(node.left)) : undefined;
  if (ts.isConditionalExpression(node)) return next(node.whenTrue) ?? next(node.whenFalse);
  if (ts.isIdentifier(node)) return identifierValue(node, source, assumed, budget);
  if (node.kind === ts.SyntaxKind.ThisKeyword) return ownClassValue(node as ts.ThisExpression, source);
  const member = memberAccess(node);
  return member && memberValue(node, member, next(member.receiver), source, assumed, next);
}

/** What a member of `base`, the value of its receiver, is where nobody calls it. */
function memberValue(
  node: ts.Node,
  member: Member,
  base: DataClient | undefined,
  source: SourceView,
  assumed: Library | undefined,
  next: Next,
): DataClient | undefined {
  if (isThis(member.receiver)) {
    const declared = thisMemberValue(node, member, source, next);
    if (declared !== undefined) return declared;
  }
  if (base !== undefined) return step(base, member.name, undefined);
  const declared = typeValue(declaredMember(declaredType(member.receiver, source), member.name, source), source);
  if (declared !== undefined) return certain(declared, node);
  return assumed === undefined ? undefined : likelyValue(node, assumed, source);
}

type Next = (inner: ts.Node | undefined) => DataClient | undefined;
type Member = { readonly receiver: ts.Expression; readonly name: string };

function calledValue(
  call: ts.CallExpression,
  source: SourceView,
  assumed: Library | undefined,
  next: Next,
): DataClient | undefined {
  const made = namedValue(source.header.resolve(call.expression), source.header);
  if (made !== undefined) {
    const target = made.role === 'model' ? targetText(call.arguments[0]) : undefined;
    return certain(target === undefined ? made : { ...made, target }, call);
  }
  const callee = unwrap(call.expression);
  const member = memberAccess(callee);
  // Asked once: asking for the callee again would double the work with each call of a chain.
  const base = member && next(member.receiver);
  const given = member && base && step(base, member.name, call);
  if (given !== undefined) return given;
  const value = member === undefined ? next(callee) : memberValue(callee, member, base, source, assumed, next);
  const called = value?.library.roles[value.role]?.called;
  if (value !== undefined && called !== undefined) return follow(value, called, '', call);
  if (!ts.isIdentifier(callee)) return undefined;
  const returned = functionResult(source.lookup(callee), source, next);
  return returned === undefined ? undefined : { ...returned, root: call };
}

/** `getPrismaClient()` of another file. */
function likelyResult(
  call: ts.CallExpression,
  assumed: Library | undefined,
  source: SourceView,
): DataClient | undefined {
  const callee = unwrap(call.expression);
  if (assumed === undefined || call.arguments.length > 0 || !ts.isIdentifier(callee)) return undefined;
  const value = likelyValue(callee, assumed, source);
  return value === undefined || value.role === 'model' ? undefined : { ...value, root: call };
}

/** What a function of this file gives back: its declared type, or the one value it returns. */
function functionResult(
  declaration: ts.Declaration | undefined,
  source: SourceView,
  next: Next,
): DataClient | undefined {
  const variable = declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration : undefined;
  const fn = variable?.initializer === undefined ? declaration : unwrap(variable.initializer);
  if (fn === undefined || !isFunctionWithBody(fn) || fn.body === undefined) return undefined;
  const declared = typeValue(fn.type, source);
  if (declared !== undefined) return certain(declared, fn);
  if (!ts.isBlock(fn.body)) return next(fn.body);
  const last = fn.body.statements.at(-1);
  return last !== undefined && ts.isReturnStatement(last) ? next(last.expression) : undefined;
}

function identifierValue(
  node: ts.Identifier,
  source: SourceView,
  assumed: Library | undefined,
  budget: Budget,
): DataClient | undefined {
  const reference = source.header.resolve(node);
  if (reference !== undefined && SINGLETONS.has(reference)) {
    const value = namedValue(reference, source.header);
    if (value !== undefined) return certain(value, node);
  }
  const declaration = source.lookup(node);
  const value = declaration && declarationValue(declaration, source, assumed, budget);
  if (value !== undefined) return { ...value, root: node };
  return assumed === undefined ? undefined : likelyValue(node, assumed, source);
}

function declarationValue(
  declaration: ts.Declaration,
  source: SourceView,
  assumed: Library | undefined,
  budget: Budget,
): DataClient | undefined {
  const next = (inner: ts.Node | undefined) =>
    inner === undefined ? undefined : clientOf(inner, source, assumed, budget);
  if (ts.isVariableDeclaration(declaration) || ts.isParameter(declaration)) {
    const declared = typeValue(declaration.type, source);
    if (declared !== undefined) return certain(declared, declaration.name);
    if (declaration.initializer !== undefined) return next(declaration.initializer);
    return ts.isParameter(declaration) ? transactionParameter(declaration, (call) => next(call)) : undefined;
  }
  if (ts.isBindingElement(declaration)) return bindingValue(declaration, source, next);
  if (ts.isClassDeclaration(declaration)) {
    const value = extended(declaration, source);
    return value?.role === 'model'
      ? certain({ ...value, target: declaration.name?.text ?? '' }, declaration)
      : undefined;
  }
  return undefined;
}

/** `const { manager } = dataSource`, `({ prisma }: { prisma: PrismaClient }) => …`. */
function bindingValue(element: ts.BindingElement, source: SourceView, next: Next): DataClient | undefined {
  const key = element.propertyName ?? element.name;
  const holder = element.parent.parent;
  if (!ts.isIdentifier(key) || ts.isBindingElement(holder)) return undefined;
  const declared = typeValue(declaredMember(holder.type, key.text, source), source);
  if (declared !== undefined) return certain(declared, key);
  const base = holder.initializer === undefined ? undefined : next(holder.initializer);
  if (base !== undefined) return step(base, key.text, undefined);
  return holder.initializer !== undefined && isThis(holder.initializer)
    ? thisMemberValue(key, { receiver: holder.initializer, name: key.text }, source, next)
    : undefined;
}

function thisMemberValue(
  node: ts.Node,
  { receiver, name }: Member,
  source: SourceView,
  next: Next,
): DataClient | undefined {
  const owner = classAround(receiver, source);
  const member = owner && classMember(owner, name);
  if (member === undefined) return undefined;
  const declared = typeValue(member.type, source);
  if (declared !== undefined) return certain(declared, node);
  const value = next(member.value);
  return value === undefined ? undefined : { ...value, root: node };
}

/** `this` in a class that extends a client, as Nest's PrismaService does. */
function ownClassValue(node: ts.ThisExpression, source: SourceView): DataClient | undefined {
  const owner = classAround(node, source);
  const value = owner && extended(owner, source);
  return value === undefined ? undefined : certain(value, node);
}

function extended(owner: ts.ClassLikeDeclaration, source: SourceView): Named | undefined {
  const heritage = owner.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  if (heritage === undefined) return undefined;
  const named = namedValue(source.header.resolve(heritage.expression), source.header);
  const target = heritage.typeArguments?.[0]?.getText();
  return named === undefined || target === undefined ? named : { ...named, target };
}

function declaredType(expression: ts.Expression, source: SourceView): ts.TypeNode | undefined {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) {
    const declaration = source.lookup(node);
    return declaration !== undefined && (ts.isVariableDeclaration(declaration) || ts.isParameter(declaration))
      ? declaration.type
      : undefined;
  }
  const member = memberAccess(node);
  if (member === undefined || !isThis(member.receiver)) return undefined;
  const owner = classAround(node, source);
  return owner && classMember(owner, member.name)?.type;
}

/** `a ?? b`, `a = b`, `a ??= b`: one of the two sides is what it stands for. */
function isEither({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return isFallback(kind) || kind === ts.SyntaxKind.EqualsToken || kind === ts.SyntaxKind.QuestionQuestionEqualsToken;
}

function certain(named: Named, root: ts.Node): DataClient {
  return { ...named, root, certain: true };
}

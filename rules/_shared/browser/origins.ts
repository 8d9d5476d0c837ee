import { ts, unwrap } from '#api';
import { memberAccess, memberCall } from '../calls.ts';
import { isFunctionWithBody } from '../enclosing.ts';
import type { SourceView } from '../sourceView.ts';

/** Globals whose members whoever made a link, or the page before, has chosen. */
const OUTSIDE = /^global#(?:window\.)?(?:location\.(?:search|hash|href)|document\.(?:referrer|URL|cookie)|name)$/;

/** Methods of lists whose callback gets an element of the list first. */
const EACH = /^(?:map|flatMap|forEach|filter|find|sort)$/;

const MAX_DEPTH = 8;

/**
 * Whether a value comes into the code around it when the program runs, from a caller, a server or a person, and is not put
 * together there. What functions make of something cannot be told, so it is no such value.
 */
export function isFromOutside(expression: ts.Node, source: SourceView, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const node = unwrap(expression);
  const inner = (at: ts.Node) => isFromOutside(at, source, depth + 1);
  const known = source.header.resolve(node);
  if (known !== undefined) return OUTSIDE.test(known);
  if (ts.isAwaitExpression(node)) return isAnswer(unwrap(node.expression), source) || inner(node.expression);
  if (ts.isIdentifier(node)) return isDeclaredOutside(node, source, depth);
  const member = memberAccess(node);
  if (member !== undefined) return isProps(member.receiver, member.name) || inner(member.receiver);
  if (ts.isElementAccessExpression(node)) return inner(node.expression);
  if (ts.isBinaryExpression(node) && /^(?:\|\||\?\?)$/.test(node.operatorToken.getText())) return inner(node.left);
  if (!ts.isCallExpression(node)) return false;
  if (isAnswer(node, source)) return true;
  const call = memberCall(node);
  // The elements of a list are where the list is from, in whatever order.
  return (
    call !== undefined &&
    /^(?:filter|slice|sort|reverse|concat|toSorted|flat|trim)$/.test(call.name) &&
    inner(call.receiver)
  );
}

/** `this.props.x`. */
function isProps(receiver: ts.Node, name: string): boolean {
  const node = unwrap(receiver);
  return node.kind === ts.SyntaxKind.ThisKeyword && name === 'props';
}

/** `response.json()`, `JSON.parse(text)`, `prompt()`, `params.get('name')` of the address. */
function isAnswer(node: ts.Node, source: SourceView): boolean {
  if (!ts.isCallExpression(node)) return false;
  const known = source.header.resolve(node.expression);
  if (known !== undefined)
    return /^global#(?:JSON\.parse|prompt|localStorage\.getItem|sessionStorage\.getItem)$/.test(known);
  const call = memberCall(node);
  return call !== undefined && call.name === 'json' && node.arguments.length === 0;
}

function isDeclaredOutside(node: ts.Identifier, source: SourceView, depth: number): boolean {
  const declaration = holderOf(node, source);
  if (declaration === undefined || isRewritten(node, declaration)) return false;
  if (ts.isParameter(declaration)) return isGivenFromOutside(declaration, source, depth);
  if (!ts.isVariableDeclaration(declaration)) return false;
  if (ts.isCatchClause(declaration.parent)) return true;
  const loop = declaration.parent.parent;
  if (ts.isForOfStatement(loop)) return isFromOutside(loop.expression, source, depth + 1);
  return declaration.initializer !== undefined && isFromOutside(declaration.initializer, source, depth + 1);
}

/** Whether a name is a parameter, or taken out of one. */
export function isHandedOver(name: ts.Identifier, source: SourceView): boolean {
  const declaration = holderOf(name, source);
  return declaration !== undefined && ts.isParameter(declaration);
}

/** Whether a name holds an answer as a whole: `const user = JSON.parse(…)`. */
export function isAnswerItself(name: ts.Identifier, source: SourceView): boolean {
  const declaration = source.lookup(name);
  if (declaration === undefined || !ts.isVariableDeclaration(declaration) || isRewritten(name, declaration))
    return false;
  const value = declaration.initializer && unwrap(declaration.initializer);
  if (value === undefined) return false;
  const known = source.header.resolve(value);
  return (
    (known !== undefined && OUTSIDE.test(known)) ||
    isAnswer(ts.isAwaitExpression(value) ? unwrap(value.expression) : value, source)
  );
}

/** The parameter or variable that a name is, or is taken out of. */
function holderOf(name: ts.Identifier, source: SourceView): ts.Node | undefined {
  let declaration: ts.Node | undefined = source.lookup(name);
  while (declaration !== undefined && ts.isBindingElement(declaration)) declaration = declaration.parent.parent;
  return declaration;
}

/** A parameter: of the elements of a list where the list is from, any other one from a caller. */
function isGivenFromOutside(parameter: ts.ParameterDeclaration, source: SourceView, depth: number): boolean {
  if (isPlainValue(parameter.type)) return false;
  const fn = parameter.parent;
  if (!isFunctionWithBody(fn)) return false;
  const isFirst = fn.parameters[0] === parameter;
  if (!ts.isCallExpression(fn.parent)) return true;
  const call = memberCall(fn.parent);
  if (call === undefined) return false;
  if (EACH.test(call.name)) return isFirst && isFromOutside(call.receiver, source, depth + 1);
  return call.name === 'then' && isFirst;
}

function isPlainValue(type: ts.TypeNode | undefined): boolean {
  if (type === undefined) return false;
  if (ts.isUnionTypeNode(type)) return type.types.every(isPlainValue);
  return (
    type.kind === ts.SyntaxKind.NumberKeyword ||
    type.kind === ts.SyntaxKind.BooleanKeyword ||
    ts.isLiteralTypeNode(type) ||
    type.getText() === 'Date'
  );
}

/** A name that gets another value somewhere: it may be the escaped one. */
function isRewritten(name: ts.Identifier, declaration: ts.Node): boolean {
  const scope = ts.findAncestor(declaration, (at) => isFunctionWithBody(at) || ts.isSourceFile(at));
  const visit = (node: ts.Node): boolean => {
    const isAssignment =
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isIdentifier(node.left) &&
      node.left.text === name.text;
    return isAssignment || ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return scope !== undefined && visit(scope);
}

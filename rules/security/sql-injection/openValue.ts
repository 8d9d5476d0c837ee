import { type FunctionNode, ts, unwrap } from '#api';
import { constant, memberAccess, memberCall } from '../../_shared/calls.ts';
import { declaredMember } from '../../_shared/contextualType.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { hasModifier } from '../../_shared/modifiers.ts';
import { isFallback } from '../../_shared/operators.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** How many names and members are followed. */
const MAX_STEPS = 6;

/** What a value may hold: any text, something that cannot end a text in SQL, or nobody can tell. */
export type Content = 'text' | 'harmless' | 'unknown';

/** Methods that give back the text they are called on, in another shape. */
const KEEPING = new Set(['toString', 'trim', 'trimStart', 'trimEnd', 'toLowerCase', 'toUpperCase', 'normalize']);

/** What a value holds that a function is called with; values of any other origin are unknown. */
export function contentOf(value: ts.Node, source: SourceView, steps = 0): Content {
  if (steps > MAX_STEPS) return 'unknown';
  const node = unwrap(value);
  const next = (inner: ts.Node) => contentOf(inner, source, steps + 1);
  if (ts.isIdentifier(node)) {
    const declaration = source.lookup(node);
    return declaration === undefined ? 'unknown' : declared(declaration, source, steps);
  }
  if (ts.isBinaryExpression(node) && isFallback(node.operatorToken.kind)) return next(node.left);
  if (ts.isCallExpression(node)) {
    const member = memberCall(node);
    if (member === undefined) return 'unknown';
    if (KEEPING.has(member.name)) return next(member.receiver);
    // Texts of a list, glued together: `ids.join("','")`.
    return member.name === 'join' ? next(member.receiver) : 'unknown';
  }
  const member = memberAccess(node);
  if (member === undefined || member.name === 'length') return 'unknown';
  const owner = unwrap(member.receiver);
  const holder = ts.isIdentifier(owner) ? source.lookup(owner) : undefined;
  if (holder === undefined || !ts.isParameter(holder)) return 'unknown';
  const type = declaredMember(holder.type, member.name, source);
  return type === undefined ? 'unknown' : ofType(type);
}

function declared(declaration: ts.Declaration, source: SourceView, steps: number): Content {
  if (ts.isParameter(declaration)) return ofParameter(declaration, source, steps);
  if (ts.isVariableDeclaration(declaration)) {
    if (declaration.type !== undefined && ofType(declaration.type) !== 'text') return 'unknown';
    const isConst = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
    return isConst && declaration.initializer !== undefined
      ? contentOf(declaration.initializer, source, steps + 1)
      : 'unknown';
  }
  if (!ts.isBindingElement(declaration) || !ts.isIdentifier(declaration.propertyName ?? declaration.name)) {
    return 'unknown';
  }
  const holder = declaration.parent.parent;
  const key = (declaration.propertyName ?? declaration.name).getText();
  if (ts.isParameter(holder)) {
    const type = declaredMember(holder.type, key, source);
    return type === undefined || !isCalledFromElsewhere(holder.parent as FunctionNode, source)
      ? 'unknown'
      : ofType(type);
  }
  const whole = ts.isVariableDeclaration(holder) && holder.initializer ? unwrap(holder.initializer) : undefined;
  const origin = whole !== undefined && ts.isIdentifier(whole) ? source.lookup(whole) : undefined;
  if (origin === undefined || !ts.isParameter(origin)) return 'unknown';
  const type = declaredMember(origin.type, key, source);
  return type === undefined ? 'unknown' : ofType(type);
}

function ofParameter(parameter: ts.ParameterDeclaration, source: SourceView, steps: number): Content {
  const fn = parameter.parent;
  if (!isFunctionWithBody(fn)) return 'unknown';
  const list = mappedList(fn);
  if (list !== undefined) return fn.parameters[0] === parameter ? contentOf(list, source, steps + 1) : 'harmless';
  if (parameter.type === undefined || !isCalledFromElsewhere(fn, source)) return 'unknown';
  return ofType(parameter.type);
}

/** The list whose items a callback is called with. */
function mappedList(fn: FunctionNode): ts.Expression | undefined {
  if (!ts.isCallExpression(fn.parent) || fn.parent.arguments[0] !== fn) return undefined;
  const member = memberCall(fn.parent);
  return member !== undefined && /^(?:map|forEach|flatMap)$/.test(member.name) ? member.receiver : undefined;
}

/** What a type lets in: `string`, or a list of them; unions of literals, numbers and dates hold no quotes. */
function ofType(type: ts.TypeNode): Content {
  if (type.kind === ts.SyntaxKind.StringKeyword) return 'text';
  if (type.kind === ts.SyntaxKind.NumberKeyword || type.kind === ts.SyntaxKind.BooleanKeyword) return 'harmless';
  if (type.kind === ts.SyntaxKind.BigIntKeyword) return 'harmless';
  if (ts.isParenthesizedTypeNode(type)) return ofType(type.type);
  if (ts.isArrayTypeNode(type)) return ofType(type.elementType);
  if (ts.isTypeOperatorNode(type)) return ofType(type.type);
  if (ts.isUnionTypeNode(type)) {
    const members = type.types.filter((member) => !isNothing(member)).map(ofType);
    if (members.includes('unknown')) return 'unknown';
    return members.includes('text') ? 'text' : 'harmless';
  }
  return ts.isLiteralTypeNode(type) ? 'harmless' : 'unknown';
}

function isNothing(type: ts.TypeNode): boolean {
  return (
    type.kind === ts.SyntaxKind.UndefinedKeyword ||
    (ts.isLiteralTypeNode(type) && type.literal.kind === ts.SyntaxKind.NullKeyword)
  );
}

/** False for a function of this file alone that is only ever called with constants. */
function isCalledFromElsewhere(fn: FunctionNode, source: SourceView): boolean {
  const owner = ts.isVariableDeclaration(fn.parent) ? fn.parent : fn;
  const { name } = owner;
  if (name === undefined) return true;
  const isPrivate =
    ts.isPrivateIdentifier(name) ||
    (ts.isMethodDeclaration(fn) && hasModifier(fn, ts.SyntaxKind.PrivateKeyword)) ||
    !(ts.isMethodDeclaration(fn) || isExported(owner));
  if (!isPrivate) return true;
  let open = false;
  let calls = 0;
  const visit = (node: ts.Node): void => {
    if (open) return;
    if ((ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) && node.text === name.getText() && node !== name) {
      const callee = ts.isPropertyAccessExpression(node.parent) ? node.parent : node;
      if (!ts.isCallExpression(callee.parent) || callee.parent.expression !== callee) open = true;
      else if (callee.parent.arguments.some((argument) => constant(argument) === undefined)) open = true;
      else calls++;
      return;
    }
    ts.forEachChild(node, visit);
  };
  const file = fn.getSourceFile();
  source.relyOn(file);
  visit(file);
  return open || calls === 0;
}

function isExported(owner: ts.Declaration): boolean {
  if ((ts.getCombinedModifierFlags(owner) & ts.ModifierFlags.Export) !== 0) return true;
  return !ts.isSourceFile(ts.isVariableDeclaration(owner) ? owner.parent.parent.parent : owner.parent);
}

import { type FileNames, ts, unwrap } from '#api';
import { classMember, isThis } from '../../_shared/data/classMembers.ts';
import { functionOf } from '../../_shared/functionOf.ts';
import { changedKeys } from './changedKeys.ts';

/** One value that an expression may have. */
export interface Value {
  /** The object or list as written; missing where there is none, as with `undefined`. */
  readonly node: ts.Node | undefined;
  /** Members that are written to later on. */
  readonly changed: readonly string[];
}

/** What a name, or a call of a function of the same file, stands for; `undefined` where that cannot be told. */
export type Follow = (expression: ts.Node) => readonly Value[] | undefined;

/** Names followed for one query: constants may be made of one another without end. */
const MAX_STEPS = 40;
const MAX_VALUES = 6;

/** Follows constants, fields of the class, and what functions and methods of the same file give back. */
export function followIn(source: FileNames): Follow {
  let steps = 0;
  const follow: Follow = (expression) => {
    if (++steps > MAX_STEPS) return undefined;
    if (ts.isIdentifier(expression)) {
      const declaration = source.lookup(expression);
      if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
      const { initializer } = declaration;
      const isConstant = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
      const changed = isConstant ? changedKeys(declaration) : undefined;
      const values = initializer && changed && valuesOf(initializer, follow);
      return values?.map((value) => ({ ...value, changed: [...value.changed, ...(changed ?? [])] }));
    }
    if (ts.isCallExpression(expression)) {
      const called = calledFunction(expression.expression, source);
      return called && returned(called, follow);
    }
    const field = ownMember(expression);
    const value = field && classMember(field.owner, field.name)?.value;
    return value && valuesOf(value, follow);
  };
  return follow;
}

/** The objects and lists that an expression may be; `undefined` where nobody can tell. */
export function valuesOf(expression: ts.Node, follow: Follow): readonly Value[] | undefined {
  const node = unwrap(expression);
  if (ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node)) return [{ node, changed: [] }];
  if (isNothing(node)) return [{ node: undefined, changed: [] }];
  if (ts.isConditionalExpression(node)) {
    return both(valuesOf(node.whenTrue, follow), valuesOf(node.whenFalse, follow));
  }
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    const right = valuesOf(node.right, follow);
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return both(right, [{ node: undefined, changed: [] }]);
    const isDefault = kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
    return isDefault ? both(valuesOf(node.left, follow), right) : undefined;
  }
  return ts.isCallExpression(node) && isValidator(node.expression)
    ? node.arguments[0] && valuesOf(node.arguments[0], follow)
    : follow(node);
}

/** `undefined` and `null`, which leave out what they are given for. */
export function isNothing(node: ts.Node): boolean {
  return (ts.isIdentifier(node) && node.text === 'undefined') || node.kind === ts.SyntaxKind.NullKeyword;
}

function both(one: readonly Value[] | undefined, other: readonly Value[] | undefined): readonly Value[] | undefined {
  if (one === undefined || other === undefined || one.length + other.length > MAX_VALUES) return undefined;
  return [...one, ...other];
}

/** `Prisma.validator<Prisma.BoatWhereInput>()`, which gives back what it is called with. */
function isValidator(callee: ts.Expression): boolean {
  return (
    ts.isCallExpression(callee) &&
    ts.isPropertyAccessExpression(callee.expression) &&
    callee.expression.name.text === 'validator'
  );
}

function calledFunction(callee: ts.Expression, source: FileNames): ts.FunctionLikeDeclaration | undefined {
  if (ts.isIdentifier(callee)) return functionOf(source.lookup(callee));
  const field = ownMember(callee);
  return field?.owner.members.find(
    (member): member is ts.MethodDeclaration =>
      ts.isMethodDeclaration(member) && member.body !== undefined && member.name.getText() === field.name,
  );
}

/** `this.name` with the class around it. */
function ownMember(node: ts.Node): { readonly owner: ts.ClassLikeDeclaration; readonly name: string } | undefined {
  if (!ts.isPropertyAccessExpression(node) || !isThis(node.expression)) return undefined;
  const owner = ts.findAncestor(node, ts.isClassLike);
  return owner && { owner, name: node.name.text };
}

/** What a function gives back at all its ends. */
function returned({ body }: ts.FunctionLikeDeclaration, follow: Follow): readonly Value[] | undefined {
  if (body === undefined) return undefined;
  if (!ts.isBlock(body)) return valuesOf(body, follow);
  const results: (ts.Expression | undefined)[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node)) results.push(node.expression);
    else if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) ts.forEachChild(node, visit);
  };
  visit(body);
  let values: readonly Value[] | undefined = [];
  for (const result of results) values = both(values, result && valuesOf(result, follow));
  return values?.length === 0 ? undefined : values;
}

import { type FunctionNode, ts, unwrap } from '#api';
import { propertyKey } from '../../_shared/calls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';

/** Properties and texts that say yes. */
const YES = /^(?:is_?)?(?:granted|allowed|authori[sz]ed|permitted|approved|has_?(?:access|permission))$/i;

/** Where a function says yes. */
export interface Grants {
  /** The values that grant. */
  readonly values: readonly ts.Expression[];
  /** `always`: on every path; `onFailure`: where the question could not be answered. */
  readonly kind: 'always' | 'onFailure';
}

/** `true`, `'granted'`, `{ granted: true }`, `Promise.resolve(true)`, `isAdmin || true`, `isAdmin ? true : true` */
export function isGrant(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (ts.isStringLiteralLike(node)) return YES.test(node.text);
  if (ts.isAwaitExpression(node)) return isGrant(node.expression);
  if (ts.isConditionalExpression(node)) return isGrant(node.whenTrue) && isGrant(node.whenFalse);
  // What stands before it decides nothing any more.
  if (ts.isBinaryExpression(node))
    return (
      node.operatorToken.kind === ts.SyntaxKind.BarBarToken && unwrap(node.right).kind === ts.SyntaxKind.TrueKeyword
    );
  if (ts.isNewExpression(node)) return isPromiseOfGrant(node);
  if (ts.isCallExpression(node)) {
    const [value] = node.arguments;
    return node.expression.getText() === 'Promise.resolve' && value !== undefined && isGrant(value);
  }
  return (
    ts.isObjectLiteralExpression(node) &&
    node.properties.some(
      (property) =>
        ts.isPropertyAssignment(property) &&
        YES.test(propertyKey(property.name) ?? '') &&
        isGrant(property.initializer),
    )
  );
}

/** `new Promise((resolve) => resolve(true))`. */
function isPromiseOfGrant({ expression, arguments: args }: ts.NewExpression): boolean {
  const executor = args?.[0] && unwrap(args[0]);
  if (expression.getText() !== 'Promise' || executor === undefined || !isFunctionWithBody(executor)) return false;
  const { body, parameters } = executor;
  const [only, more] = body !== undefined && ts.isBlock(body) ? body.statements : [];
  const inner = body !== undefined && !ts.isBlock(body) ? body : undefined;
  const told = inner ?? (more === undefined && only && ts.isExpressionStatement(only) ? only.expression : undefined);
  const call = told && unwrap(told);
  if (call === undefined || !ts.isCallExpression(call) || call.expression.getText() !== parameters[0]?.name.getText())
    return false;
  const [value] = call.arguments;
  return value !== undefined && isGrant(value);
}

/** Judges what a function that asks for a permission answers. */
export function grantsOf(fn: FunctionNode): Grants | undefined {
  const { body } = fn;
  if (body === undefined) return undefined;
  if (!ts.isBlock(body)) {
    const failed = grantWhenFailed(body);
    if (failed !== undefined) return { values: [failed], kind: 'onFailure' };
    return isGrant(body) ? { values: [body], kind: 'always' } : undefined;
  }
  const answers = answersOf(body);
  const grants = answers.filter(({ value }) => value !== undefined && isGrant(value));
  const values = grants.flatMap(({ value }) => (value === undefined ? [] : [value]));
  if (values.length === 0 && !/\.catch\(/.test(body.getText())) return undefined;
  if (values.length > 0 && values.length === answers.length && !refuses(body) && endsWithAnswer(body))
    return { values, kind: 'always' };
  const caught = answers.flatMap(({ value }) => (value && grantWhenFailed(value)) ?? []);
  if (caught.length > 0) return { values: caught, kind: 'onFailure' };
  const failed = grants.filter(({ inCatch }) => inCatch).flatMap(({ value }) => (value === undefined ? [] : [value]));
  // Another path answers by what it found out.
  const decides = answers.some(({ value, inCatch }) => !inCatch && (value === undefined || !isGrant(value)));
  return failed.length > 0 && decides ? { values: failed, kind: 'onFailure' } : undefined;
}

/** `ask(user).catch(() => true)`. */
function grantWhenFailed(answer: ts.Expression): ts.Expression | undefined {
  const node = unwrap(answer);
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const [handler] = node.arguments;
  const fn = handler && unwrap(handler);
  if (node.expression.name.text !== 'catch' || fn === undefined || !isFunctionWithBody(fn)) return undefined;
  return fn.body !== undefined && !ts.isBlock(fn.body) && isGrant(fn.body) ? fn.body : undefined;
}

interface Answer {
  readonly value: ts.Expression | undefined;
  readonly inCatch: boolean;
}

function answersOf(body: ts.Block): readonly Answer[] {
  const found: Answer[] = [];
  const visit = (node: ts.Node, inCatch: boolean): void => {
    if (isFunctionWithBody(node) || ts.isClassLike(node)) return;
    if (ts.isReturnStatement(node)) found.push({ value: node.expression, inCatch });
    // A condition in the catch clause is a decision about the error.
    const entersCatch = ts.isCatchClause(node);
    const decides = ts.isIfStatement(node) || ts.isSwitchStatement(node) || ts.isConditionalExpression(node);
    ts.forEachChild(node, (child) => visit(child, entersCatch || (inCatch && !decides)));
  };
  visit(body, false);
  return found;
}

/** A refusal that is thrown, asked of somebody else, or told to a callback. */
function refuses(body: ts.Block): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (found || (ts.isNewExpression(node) && isPromiseOfGrant(node))) return;
    found =
      ts.isThrowStatement(node) ||
      ts.isAwaitExpression(node) ||
      ts.isYieldExpression(node) ||
      (ts.isCallExpression(node) && !isNote(node));
    ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}

/** Calls that decide nothing: what is written to a log, kept in a list, or waited for. */
export function isNote(call: ts.CallExpression): boolean {
  return /^(?:console|(?:this\.)?_?log(?:ger)?)\b|^(?:Promise\.resolve|Date\.now)$|\.(?:log|debug|info|warn|push|add|set|toISOString)$/.test(
    call.expression.getText(),
  );
}

function endsWithAnswer(body: ts.Block): boolean {
  const last = body.statements.at(-1);
  return (
    last !== undefined &&
    (ts.isReturnStatement(last) || ts.isIfStatement(last) || ts.isTryStatement(last) || ts.isSwitchStatement(last))
  );
}

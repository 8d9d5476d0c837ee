import { type FunctionNode, ts, unwrap } from '#api';
import { calledName, constant } from '../../_shared/calls.ts';
import { isFunctionValue } from '../../_shared/enclosing.ts';

/** What every path of a guard ends with. */
export interface Open {
  /** `handsOn`: calls the next handler; `grants`: answers `true`; `nothing`: there is nothing in it. */
  readonly by: 'handsOn' | 'grants' | 'nothing';
  /** The first call or value that lets everybody through. */
  readonly place: ts.Node | undefined;
}

/** The function that a maker of guards returns: `(role) => (req, res, next) => next()`. */
export function guardIn(fn: FunctionNode): FunctionNode {
  const { body } = fn;
  const only = body !== undefined && ts.isBlock(body) ? onlyReturned(body) : body;
  const inner = only && unwrap(only);
  return inner !== undefined && isFunctionValue(inner) ? guardIn(inner) : fn;
}

function onlyReturned(body: ts.Block): ts.Expression | undefined {
  const [only, ...more] = body.statements;
  return only !== undefined && more.length === 0 && ts.isReturnStatement(only) ? only.expression : undefined;
}

/**
 * Says how a function lets everybody through; `undefined` when any path may end otherwise, or when anything happens in it that
 * may decide: a call that is not known, something thrown, a value of the request that is kept for later.
 */
export function openPaths(fn: FunctionNode): Open | undefined {
  const { body } = fn;
  if (body === undefined) return undefined;
  const found: ts.Node[] = [];
  const handOn = handOnName(fn);
  if (!ts.isBlock(body)) {
    const kind = answer(body, handOn);
    return kind === undefined ? undefined : { by: kind, place: placeOf(body) };
  }
  const walk = new Walk(handOn, found);
  const end = walk.run(body.statements, false);
  if (end === undefined) return undefined;
  if (found.length === 0) return { by: 'nothing', place: undefined };
  if (!end.passed) return undefined;
  return { by: walk.grants ? 'grants' : 'handsOn', place: found[0] };
}

/** How a list of statements ends when nothing in it decides. */
interface End {
  /** Everybody was let through on the way. */
  readonly passed: boolean;
  /** The function was left. */
  readonly left: boolean;
}

class Walk {
  private readonly handOn: string | undefined;
  private readonly found: ts.Node[];
  grants = false;

  constructor(handOn: string | undefined, found: ts.Node[]) {
    this.handOn = handOn;
    this.found = found;
  }

  run(statements: readonly ts.Statement[], passed: boolean): End | undefined {
    let end: End = { passed, left: false };
    for (const statement of statements) {
      const next = this.statement(statement, end.passed);
      if (next === undefined) return undefined;
      end = next;
      if (end.left) break;
    }
    return end;
  }

  private statement(node: ts.Statement, passed: boolean): End | undefined {
    if (ts.isBlock(node)) return this.run(node.statements, passed);
    if (ts.isEmptyStatement(node)) return { passed, left: false };
    if (ts.isReturnStatement(node)) return this.returned(node, passed);
    if (ts.isIfStatement(node)) return this.choice(node, passed);
    if (ts.isTryStatement(node)) return this.attempt(node, passed);
    if (ts.isVariableStatement(node)) {
      const isQuiet = node.declarationList.declarations.every(
        ({ initializer }) => initializer === undefined || isReading(initializer),
      );
      return isQuiet ? { passed, left: false } : undefined;
    }
    if (!ts.isExpressionStatement(node)) return undefined;
    const kind = answer(node.expression, this.handOn);
    if (kind === 'handsOn') {
      this.found.push(placeOf(node.expression));
      return { passed: true, left: false };
    }
    return isQuiet(node.expression) ? { passed, left: false } : undefined;
  }

  private returned({ expression }: ts.ReturnStatement, passed: boolean): End | undefined {
    if (expression === undefined) return passed ? { passed, left: true } : undefined;
    const kind = answer(expression, this.handOn);
    if (kind === undefined) return undefined;
    this.grants ||= kind === 'grants';
    this.found.push(placeOf(expression));
    return { passed: true, left: true };
  }

  /** A lone `next()` or `true` throws nothing; what is read before it may, and the clause behind it then decides. */
  private attempt({ tryBlock: { statements }, finallyBlock }: ts.TryStatement, passed: boolean): End | undefined {
    return finallyBlock === undefined && statements.length === 1 ? this.run(statements, passed) : undefined;
  }

  private choice(node: ts.IfStatement, passed: boolean): End | undefined {
    if (!isReading(node.expression)) return undefined;
    const yes = this.run([node.thenStatement], passed);
    const no = node.elseStatement === undefined ? { passed, left: false } : this.run([node.elseStatement], passed);
    // Whoever was let through in one branch alone is let through twice, or not at all.
    if (yes === undefined || no === undefined) return undefined;
    if (yes.left !== no.left) return yes.left ? no : yes;
    return yes.passed === no.passed ? yes : undefined;
  }
}

/** The parameter behind request and response, or behind the context. */
function handOnName(fn: FunctionNode): string | undefined {
  const name = fn.parameters.find(({ name: given }) => /^_?(?:next|done)$/.test(given.getText()))?.name;
  return name?.getText();
}

/** `next()` without an error, `true`, `Promise.resolve(true)`, `of(true)` of RxJS, any of them awaited. */
function answer(expression: ts.Expression, handOn: string | undefined): 'handsOn' | 'grants' | undefined {
  const node = unwrap(expression);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return 'grants';
  if (ts.isAwaitExpression(node) || ts.isVoidExpression(node)) return answer(node.expression, handOn);
  if (!ts.isCallExpression(node)) return undefined;
  const [value] = node.arguments;
  if (/^(?:Promise\.resolve|of)$/.test(node.expression.getText()) && value !== undefined)
    return answer(value, undefined);
  return ts.isIdentifier(node.expression) && node.expression.text === handOn && value === undefined
    ? 'handsOn'
    : undefined;
}

function placeOf(expression: ts.Expression): ts.Node {
  const node = unwrap(expression);
  if (ts.isAwaitExpression(node) || ts.isVoidExpression(node)) return placeOf(node.expression);
  const [value] = ts.isCallExpression(node) ? node.arguments : [];
  return value === undefined ? node : placeOf(value);
}

/** A note for a log, or a literal that is kept somewhere. */
function isQuiet(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (ts.isCallExpression(node)) return isNote(node);
  if (ts.isVoidExpression(node)) return isReading(node.expression);
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken && isMadeUp(node.right);
}

/** Calls that decide nothing, because they only tell what happens. */
function isNote(call: ts.CallExpression): boolean {
  return (
    /^(?:console|(?:this\.|req\.|request\.|fastify\.)?_?log(?:ger)?)\.\w+$|^_?(?:debug|log)$/.test(
      call.expression.getText(),
    ) && call.arguments.every((argument) => !containsHandler(argument))
  );
}

function containsHandler(node: ts.Node): boolean {
  return ts.isFunctionLike(node) || (ts.forEachChild(node, (child) => containsHandler(child) || undefined) ?? false);
}

/** What a guard of NestJS gets from its context, before it looks at any of it. */
const CONTEXT_READS = /^(?:switchTo(?:Http|Ws|Rpc)|get(?:Request|Response|Client|Handler|Class|Args))$/;

/** Takes a text apart, which decides nothing. */
const TEXT_PARTS = /^(?:split|slice|substring|trim|replace|toLowerCase|toUpperCase|toString)$/;

/** Reads without asking anybody: names, members, literals, parts of texts, and what operators make of them. */
function isReading(expression: ts.Node): boolean {
  let quiet = true;
  const visit = (node: ts.Node): void => {
    quiet &&= !(
      (ts.isCallExpression(node) && !CONTEXT_READS.test(calledName(node) ?? '') && !isTextPart(node)) ||
      ts.isNewExpression(node) ||
      ts.isFunctionLike(node) ||
      ts.isAwaitExpression(node) ||
      ts.isYieldExpression(node)
    );
    if (quiet) ts.forEachChild(node, visit);
  };
  visit(expression);
  return quiet;
}

/** Only where a text that is missing does not throw: whoever shows none would be kept out. */
function isTextPart({ expression }: ts.CallExpression): boolean {
  return (
    ts.isPropertyAccessExpression(expression) && TEXT_PARTS.test(expression.name.text) && ts.isOptionalChain(expression)
  );
}

/** `{ id: 1, role: 'admin' }`: somebody who is nobody. */
function isMadeUp(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (constant(node) !== undefined) return true;
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isMadeUp);
  return (
    ts.isObjectLiteralExpression(node) &&
    node.properties.every((property) => ts.isPropertyAssignment(property) && isMadeUp(property.initializer))
  );
}

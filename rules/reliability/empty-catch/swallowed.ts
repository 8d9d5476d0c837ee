import { ts, unwrap } from '#api';
import { calledName, memberCall } from '../../_shared/calls.ts';
import { isFunctionValue } from '../../_shared/enclosing.ts';

/** An error that is caught and dropped. */
export type Swallowed =
  | { readonly kind: 'try'; readonly node: ts.TryStatement; readonly clause: ts.CatchClause }
  | {
      readonly kind: 'promise';
      readonly node: ts.CallExpression;
      readonly handler: ts.ArrowFunction | ts.FunctionExpression;
    };

/** What is done to something that is on its way out: that it fails changes nothing. */
const CLEANUP =
  /^(?:close|destroy|end|stop|unlink|rm|rmdir|remove|kill|release|disconnect|dispose|terminate|quit|rollback|abort|cancel|clear|reset|free|detach|unsubscribe|unref|unlock|uninstall|unwatch|unregister|revoke|drop|delete|logout|shutdown|teardown|cleanup|exit|leave|pause|flush|kick|ban)(?:$|[A-Z_]|Sync)/i;

/** What asks whether something is there, answers without its result, or is a courtesy that browsers may refuse. */
const PROBE =
  /^(?:access|stat|lstat|exists|mkdir|readlink|require|import|resolve|getItem|setItem|removeItem|play|focus|share|requestFullscreen|exitFullscreen|vibrate|lock|prefetch|preload|prefetchQuery|warm|ping|setPointerCapture|releasePointerCapture|chmod|chown|utimes|send(?:Typing|Beacon)|beacon|track|capture|typing|react|defineProperty|execCommand|writeText|mark|measure)(?:$|Sync|Event|All)/i;

const COURTESY = /track|telemetry|analytics|metric|beacon|prefetch|preload/i;

/** Names of the caught value, and of functions, that say that dropping it is meant. */
const ON_PURPOSE = /ignor|expected|unused|swallow|silent|safe|best_?effort|maybe|^try|noop|optional|quiet/i;

/** Catches without anything in them; reads the statement alone. */
export function emptyCatch(node: ts.TryStatement): Swallowed | undefined {
  const clause = node.catchClause;
  if (clause === undefined || !isEmpty(clause.block)) return undefined;
  const name = clause.variableDeclaration?.name;
  if (name !== undefined && ts.isIdentifier(name) && ON_PURPOSE.test(name.text)) return undefined;
  return isHarmless(node.tryBlock) ? undefined : { kind: 'try', node, clause };
}

/** `work().catch(() => {})` */
export function emptyHandler(node: ts.CallExpression): Swallowed | undefined {
  const member = memberCall(node);
  if (member?.name !== 'catch' || node.arguments.length !== 1) return undefined;
  const [handler] = node.arguments;
  if (handler === undefined || !isFunctionValue(handler)) return undefined;
  if (!ts.isBlock(handler.body) || !isEmpty(handler.body)) return undefined;
  const [parameter] = handler.parameters;
  if (parameter !== undefined && ts.isIdentifier(parameter.name) && ON_PURPOSE.test(parameter.name.text)) {
    return undefined;
  }
  // A promise by its name is awaited elsewhere; the empty handler only keeps its failure from being unhandled.
  const chain = callsOf(member.receiver);
  if (chain.length === 0 || chain.some((call) => isExcused(call))) return undefined;
  return { kind: 'promise', node, handler };
}

function isEmpty({ statements }: ts.Block): boolean {
  return statements.every((statement) => ts.isEmptyStatement(statement));
}

/**
 * Whether the code that may fail leaves its result to chance on purpose: it cleans up, asks whether something is there, or
 * ends in an answer, so that what follows the catch is the answer for the other case.
 */
function isHarmless({ statements }: ts.Block): boolean {
  const last = statements.at(-1);
  if (last === undefined || decides(last)) return true;
  return statements.every((statement) => isExcusedStatement(statement));
}

/** Contains an answer: `return`, `break`, or a value that is kept, beside the one that the variable had before. */
function decides(statement: ts.Statement): boolean {
  if (ts.isReturnStatement(statement) || ts.isBreakOrContinueStatement(statement) || ts.isThrowStatement(statement)) {
    return true;
  }
  if (ts.isIfStatement(statement) || ts.isForOfStatement(statement) || ts.isBlock(statement))
    return hasAnswer(statement);
  if (!ts.isExpressionStatement(statement)) return false;
  const expression = unwrap(statement.expression);
  return ts.isBinaryExpression(expression) && isAssignment(expression.operatorToken.kind);
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function hasAnswer(node: ts.Node): boolean {
  if (ts.isReturnStatement(node) || ts.isThrowStatement(node)) return true;
  if (ts.isFunctionLike(node)) return false;
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) return true;
  return ts.forEachChild(node, hasAnswer) ?? false;
}

function isExcusedStatement(statement: ts.Statement): boolean {
  if (ts.isIfStatement(statement)) {
    const branches = [statement.thenStatement, ...(statement.elseStatement ? [statement.elseStatement] : [])];
    return branches.every((branch) =>
      ts.isBlock(branch) ? branch.statements.every(isExcusedStatement) : isExcusedStatement(branch),
    );
  }
  if (ts.isForOfStatement(statement)) {
    const body = statement.statement;
    return ts.isBlock(body) ? body.statements.every(isExcusedStatement) : isExcusedStatement(body);
  }
  if (ts.isVariableStatement(statement)) return true;
  if (ts.isTryStatement(statement)) return true;
  if (!ts.isExpressionStatement(statement)) return false;
  const expression = unwrap(statement.expression);
  if (ts.isDeleteExpression(expression) || ts.isPropertyAccessExpression(expression)) return true;
  const calls = callsOf(expression);
  return calls.length > 0 && calls.some((call) => isExcused(call));
}

/** Calls of a chain, the last one first: `rm` and nothing else for `await rm(path)`. */
function callsOf(expression: ts.Node): readonly ts.CallExpression[] {
  const calls: ts.CallExpression[] = [];
  let node = unwrap(expression);
  for (;;) {
    if (ts.isAwaitExpression(node) || ts.isVoidExpression(node)) node = unwrap(node.expression);
    else if (ts.isCallExpression(node)) {
      calls.push(node);
      node = unwrap(node.expression);
    } else if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
      node = unwrap(node.expression);
    else return calls;
  }
}

function isExcused(call: ts.CallExpression): boolean {
  if (call.expression.kind === ts.SyntaxKind.ImportKeyword) return true;
  const name = calledName(call) ?? '';
  if (CLEANUP.test(name) || PROBE.test(name) || COURTESY.test(name) || ON_PURPOSE.test(name)) return true;
  // A router refuses to go where it is already.
  if (/^(?:push|replace)$/.test(name) && /router$/i.test(memberCall(call)?.receiver.getText() ?? '')) return true;
  const [first] = call.arguments;
  return first !== undefined && ts.isStringLiteralLike(first) && /^(?:rollback|drop\b|rm\b|kill\b)/i.test(first.text);
}

/** Whether a function says by its name that its failure does not matter, or that it cleans up. */
export function isMeant(name: string): boolean {
  return ON_PURPOSE.test(name) || CLEANUP.test(name);
}

import { ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { webRole } from '../../_shared/web/handlerRoles.ts';
import { responseCall } from '../../_shared/web/responseCalls.ts';
import { mayBeServerError } from './statusCodes.ts';

/** What a client gets to read, and whether it is told that the server failed. */
export interface Answer {
  readonly body: ts.Expression;
  readonly isServerError: boolean;
}

/** A call, construction or assignment that may answer a request with something of an error. */
export type AnswerNode = ts.CallExpression | ts.NewExpression | ts.BinaryExpression;

/** Methods of responses by the argument that holds the body. */
export const BODIES: ReadonlyMap<string, number> = new Map([
  ['json', 0],
  ['jsonp', 0],
  ['send', 0],
  ['end', 0],
  ['write', 0],
  ['text', 0],
  ['html', 0],
  ['body', 0],
  ['render', 1],
]);

/** Errors of NestJS that answer with their message. */
const NEST_FAILURES: ReadonlySet<string> = new Set([
  '@nestjs/common#InternalServerErrorException',
  '@nestjs/common#BadGatewayException',
  '@nestjs/common#ServiceUnavailableException',
  '@nestjs/common#GatewayTimeoutException',
  '@nestjs/common#NotImplementedException',
]);

/** Names that errors, and what is taken out of them, go by. */
const TELLING =
  /^_?(?:e|ex|reason|cause|msg|message|stack|trace|details?|body|payload|response|result|data)$|err|exception|message/i;

/** Calls whose body may hold something of an error, by names alone. */
export function answerFact(node: ts.CallExpression | ts.NewExpression): AnswerNode | undefined {
  const name = ts.isNewExpression(node) ? constructedName(node) : calledMember(node);
  if (name === undefined) return undefined;
  const args = node.arguments;
  const isAnswer = ts.isNewExpression(node) ? /Response$|Exception$/.test(name) : BODIES.has(name);
  return isAnswer && args?.some(mayTell) ? node : undefined;
}

/** `ctx.body = { error: error.message }`. */
export function assignmentFact(node: ts.BinaryExpression): AnswerNode | undefined {
  if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(node.left))
    return undefined;
  return node.left.name.text === 'body' && mayTell(node.right) ? node : undefined;
}

function calledMember({ expression }: ts.CallExpression): string | undefined {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : undefined;
}

function constructedName(node: ts.NewExpression): string | undefined {
  return ts.isIdentifier(node.expression) ? node.expression.text : calledName(node);
}

function mayTell(node: ts.Node): boolean {
  if (ts.isIdentifier(node)) return TELLING.test(node.text);
  if (ts.isFunctionLike(node)) return false;
  return ts.forEachChild(node, (child) => mayTell(child) || undefined) === true;
}

/** Reads a fact as an answer to a request; `undefined` where it is none. */
export function answerOf(node: AnswerNode, source: SourceView): Answer | undefined {
  if (ts.isBinaryExpression(node)) return assignedBody(node, source);
  if (ts.isNewExpression(node)) {
    const thrown = nestAnswer(node, source);
    if (thrown !== undefined) return thrown;
  }
  const call = responseCall(node, source);
  if (call === undefined) return undefined;
  const body = call.arguments[BODIES.get(call.method) ?? -1];
  if (body === undefined) return undefined;
  const status = call.statusNode ?? statusBefore(node, source);
  return { body, isServerError: status !== undefined && mayBeServerError(status, source) };
}

function nestAnswer(node: ts.NewExpression, source: SourceView): Answer | undefined {
  const made = source.header.resolve(node.expression);
  const [body, status] = node.arguments ?? [];
  if (made === undefined || body === undefined) return undefined;
  if (NEST_FAILURES.has(made)) return { body, isServerError: true };
  if (made !== '@nestjs/common#HttpException' || status === undefined) return undefined;
  return { body, isServerError: mayBeServerError(status, source) };
}

function assignedBody({ left, right }: ts.BinaryExpression, source: SourceView): Answer | undefined {
  const holder = ts.isPropertyAccessExpression(left) ? unwrap(left.expression) : left;
  const context = ts.isPropertyAccessExpression(holder) ? unwrap(holder.expression) : holder;
  if (!ts.isIdentifier(context)) return undefined;
  const declaration = source.lookup(context);
  if (declaration === undefined || webRole(declaration, source)?.role !== 'context') return undefined;
  const status = statusBefore(left, source);
  return { body: right, isServerError: status !== undefined && mayBeServerError(status, source) };
}

/** The status that a statement of its own sets beside an answer: `res.status(500)`, `res.statusCode = 500`. */
function statusBefore(node: ts.Node, source: SourceView): ts.Expression | undefined {
  const statement = ts.findAncestor(node, (at) => at.parent !== undefined && ts.isBlock(at.parent));
  if (statement === undefined || !ts.isBlock(statement.parent)) return undefined;
  let status: ts.Expression | undefined;
  for (const other of statement.parent.statements) {
    if (other === statement) {
      // The context of Koa takes its status behind the body as well.
      if (status !== undefined || !ts.isBinaryExpression(node.parent)) break;
    } else if (ts.isExpressionStatement(other)) {
      status = statusSet(unwrap(other.expression), source) ?? status;
    }
  }
  return status;
}

function statusSet(node: ts.Node, source: SourceView): ts.Expression | undefined {
  if (ts.isCallExpression(node)) {
    if (!/^(?:status|code|writeHead)$/.test(calledMember(node) ?? '')) return undefined;
    return responseCall(node, source) && node.arguments[0];
  }
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  return /\.(?:statusCode|status)$/.test(node.left.getText()) ? node.right : undefined;
}

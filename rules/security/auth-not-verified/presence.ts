import { type FunctionNode, ts, unwrap } from '#api';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { functionName } from '../../_shared/functionName.ts';
import { namesOf } from '../../_shared/namesOf.ts';
import type { FileView } from '../../_shared/sourceView.ts';
import { handlerOf } from '../../_shared/web/handlerRoles.ts';
import { routeOf } from '../../_shared/web/routes.ts';
import { mayBeVerifiedElsewhere } from './elsewhere.ts';
import { type Use, usesOf } from './flow.ts';
import { type Hearing, mayHear } from './hearing.ts';
import { oncePerFunction } from './oncePerFunction.ts';
import { holdsWithout } from './polarity.ts';
import { leaves, type Refusal, refusingIf } from './refusals.ts';
import { isSomebodyAsked } from './whole.ts';

/** A decision that whoever shows anything at all passes. */
export interface Presence {
  readonly place: ts.Expression;
  readonly owner: FunctionNode;
  /** The header or cookie. */
  readonly name: string;
}

/** Names of calls that may well be the check. */
const MAY_CHECK =
  /auth|sess|verif|valid|token|user|jwt|login|permission|role|admin|access|sign|decod|decrypt|compare|check|guard|passport|protect|secur|require|assert|ensure|allow|owner|key|identity|account|principal|current/i;

/** Reads a refusal as one of those who show nothing, in a middleware or guard that asks for no more. */
export function presenceAsked(refusal: Refusal, source: Hearing): Presence | undefined {
  const condition = refusingIf(refusal);
  const fn = condition && leaves(condition) ? enclosingFunction(condition) : undefined;
  if (condition === undefined || fn === undefined) return undefined;
  const uses = credentialsIn(fn, source);
  const asked = uses?.find(({ node }) => node === condition.expression);
  if (uses === undefined || asked === undefined || !isAboutThem(condition.expression, uses)) return undefined;
  // Refused are those who show something: guests only.
  if (holdsWithout(condition.expression, uses) === false) return undefined;
  return { place: condition.expression, owner: fn, name: asked.said.name };
}

/** `return Boolean(request.headers.authorization)` in a guard of NestJS, or the same as an `if` that returns `false`. */
export function presenceAnswered(guard: FunctionNode, source: Hearing): Presence | undefined {
  const uses = credentialsIn(guard, source);
  const answer = uses?.find((use) => use.as === 'answer' || (use.as === 'presence' && returnsNo(use, uses)));
  if (uses === undefined || answer === undefined || !isAboutThem(answer.node, uses)) return undefined;
  return { place: answer.node, owner: guard, name: answer.said.name };
}

/** `if (!request.headers.authorization) return false;`, `return request.headers.authorization ? true : false`. */
function returnsNo({ node }: Use, uses: readonly Use[]): boolean {
  const { parent } = node;
  if (ts.isConditionalExpression(parent)) {
    return ts.isReturnStatement(parent.parent) && isNo(parent.whenFalse) && holdsWithout(node, uses) === false;
  }
  if (!ts.isIfStatement(parent) || holdsWithout(node, uses) !== true) return false;
  const last = ts.isBlock(parent.thenStatement) ? parent.thenStatement.statements.at(-1) : parent.thenStatement;
  return last !== undefined && ts.isReturnStatement(last) && last.expression !== undefined && isNo(last.expression);
}

const isNo = (node: ts.Expression): boolean => node.kind === ts.SyntaxKind.FalseKeyword;

/** What a middleware or guard does with what it is shown, as long as it does nothing more than look whether it is there. */
const credentialsIn = oncePerFunction((fn: FunctionNode, source: Hearing): readonly Use[] | undefined => {
  if (!mayHear(fn, source) || !letsPass(fn, source) || isPartOfMore(fn, source)) return undefined;
  const uses = usesOf(fn, source).filter(({ said }) => said.kind === 'credential');
  if (uses.length === 0 || uses.some(({ as }) => as === 'kept')) return undefined;
  return isSomebodyAsked(fn, MAY_CHECK, source) ? undefined : uses;
});

/** Every operand asks for what was shown, and for nothing else. */
function isAboutThem(condition: ts.Expression, uses: readonly Use[]): boolean {
  const node = unwrap(condition);
  if (ts.isBinaryExpression(node) && /^(?:&&|\|\||\?\?)$/.test(node.operatorToken.getText())) {
    return isAboutThem(node.left, uses) && isAboutThem(node.right, uses);
  }
  if (ts.isPrefixUnaryExpression(node)) return isAboutThem(node.operand, uses);
  return uses.some(({ read }) => read.pos >= node.pos && read.end <= node.end);
}

/** `next()` without an error in a middleware, `true` or an answer in a guard of NestJS. */
function letsPass(fn: FunctionNode, source: FileView): boolean {
  if (mayBeVerifiedElsewhere(fn, source)) return false;
  if (functionName(fn) === 'canActivate') return true;
  const next = handlerOf(fn, source)?.parameters.next?.name;
  if (next === undefined || !ts.isIdentifier(next) || fn.body === undefined) return false;
  for (const { parent } of namesOf(next.text, fn.body)) {
    const isCall = ts.isCallExpression(parent) && ts.isIdentifier(parent.expression);
    if (isCall && parent.arguments.length === 0) return true;
  }
  return false;
}

/** One of several handlers of a route, or a function that only takes the credential out for others. */
function isPartOfMore(fn: FunctionNode, source: FileView): boolean {
  const isReader = /extract|parse|^get|^has|optional|maybe|present|exists|forward|proxy|csrf|xsrf/i;
  if (isReader.test(functionName(fn))) return true;
  // Pages are chosen there; what they show is checked where it is read.
  if (
    /(?:^|\/)(?:middleware|proxy)\.[jt]sx?$/.test(source.header.localPath) &&
    source.header.modules.has('next/server')
  )
    return true;
  const call = ts.findAncestor(fn.parent, ts.isCallExpression);
  const route = call && routeOf(call, source);
  return route !== undefined && route.handlers.length > 1;
}

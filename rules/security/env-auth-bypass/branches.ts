import { ts, unwrap } from '#api';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import {
  isAccessStep,
  isAmbiguousStep,
  isIdentityName,
  isLimiterName,
  isRefusalName,
  isStandInName,
} from './accessNames.ts';
import type { SwitchKind } from './switchNames.ts';

/** A piece of code that runs, or does not, because of a switch. */
export type Branch = readonly ts.Node[];

/** Callbacks by which middleware hands on. */
const HANDS_ON = /^(?:next|done|cb|callback|proceed|_next)$/;

/** What middleware and guards are handed to. */
const REGISTERS = /^(?:use\w*|all|get|post|put|patch|delete|route|addHook|register|middleware|\w*[Pp]rocedure)$/;

/** Methods and functions that check what they are given. */
const CHECKING_CALLS = new Set([
  'jwtVerify',
  'timingSafeEqual',
  'verify',
  'verifyIdToken',
  'getServerSession',
  'getServerAuthSession',
  'currentUser',
  'introspect',
]);

/** Finds a node in a branch that passes the test; what functions inside do counts as well unless `own` is asked for. */
function some(branch: Branch, test: (node: ts.Node) => boolean, own = false): boolean {
  const visit = (node: ts.Node): boolean => {
    if (own && isFunctionWithBody(node)) return false;
    return test(node) || (ts.forEachChild(node, (child) => visit(child) || undefined) ?? false);
  };
  return branch.some(visit);
}

function calleeName(call: ts.CallExpression | ts.NewExpression): string {
  const callee = unwrap(call.expression);
  if (ts.isIdentifier(callee)) return callee.text;
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
}

/** A branch that turns somebody away: 401, 403, an error named so, a way to the login page. */
export function refuses(branch: Branch): boolean {
  return some(branch, (node) => {
    if (ts.isNumericLiteral(node)) return node.text === '401' || node.text === '403';
    if (ts.isIdentifier(node)) return isRefusalName(node.text);
    if (ts.isStringLiteralLike(node)) return isRefusalName(node.text);
    return ts.isCallExpression(node) && calleeName(node) === 'redirect' && some(node.arguments, leadsToLogin);
  });
}

function leadsToLogin(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) && /log-?in|sign-?in/i.test(node.text);
}

/** A branch that ends by throwing, `false`, an error handed on or the process: whatever it is for, it opens nothing. */
export function closes(branch: Branch): boolean {
  return some(
    branch,
    (node) => {
      if (ts.isThrowStatement(node)) return true;
      if (ts.isReturnStatement(node)) return node.expression !== undefined && isNo(node.expression);
      if (!ts.isCallExpression(node)) return false;
      if (calleeName(node) === 'exit') return true;
      return HANDS_ON.test(calleeName(node)) && handsOnError(node);
    },
    true,
  );
}

/** `false`, or an object that says it: an error in it, `ok: false`, `action: 'reject'`. */
function isNo(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (node.kind === ts.SyntaxKind.FalseKeyword) return true;
  if (!ts.isObjectLiteralExpression(node)) return false;
  return node.properties.some((property) => {
    const name = property.name !== undefined && ts.isIdentifier(property.name) ? property.name.text : '';
    if (!ts.isPropertyAssignment(property)) return name === 'error';
    const value = unwrap(property.initializer);
    if (name === 'error') return !isEmptyValue(value);
    if (value.kind === ts.SyntaxKind.FalseKeyword)
      return /^(?:ok|success|allowed|valid|authori[sz]ed|authenticated)$/.test(name);
    return ts.isStringLiteralLike(value) && /^(?:reject|den(?:y|ied)|error|fail|block|forbid|unauth)/i.test(value.text);
  });
}

function handsOnError(call: ts.CallExpression): boolean {
  const [first] = call.arguments;
  return (
    ts.isIdentifier(call.expression) &&
    first !== undefined &&
    !isEmptyValue(first) &&
    !ts.isObjectLiteralExpression(first)
  );
}

function isEmptyValue(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined');
}

/** A branch that checks somebody: by a call that verifies, or by handing over to a step named for it. */
export function checks(branch: Branch, kind: SwitchKind): boolean {
  return some(branch, (node) => {
    if (ts.isIdentifier(node)) return isUse(node) && isStep(node.text, kind);
    return ts.isCallExpression(node) && isCheckingCall(node, kind);
  });
}

function isCheckingCall(call: ts.CallExpression, kind: SwitchKind): boolean {
  const name = calleeName(call);
  if (kind === 'bypass' && isStandInName(name)) return false;
  const [first] = call.arguments;
  // transporter.verify() asks whether a mail server is there.
  if (name === 'verify') return first !== undefined && !isFunctionWithBody(first);
  if (CHECKING_CALLS.has(name)) return true;
  // supabase.auth.getUser(), bcrypt.compare()
  const text = call.expression.getText();
  return /\bauth\b.*\.get(?:User|Session|Claims)$/s.test(text) || /(?:bcrypt|argon)\w*\.(?:compare|verify)/.test(text);
}

/** Named for a check of access; a flag that names them makes limiters count, and stand-ins not. */
export function isStep(name: string, kind: SwitchKind): boolean {
  if (kind === 'stage') return isAccessStep(name);
  return (isAccessStep(name) || isLimiterName(name)) && !isStandInName(name);
}

/** Called, or handed to something that will call it: not merely asked for its truth, as a variable `isAdmin` may be. */
function isUse(node: ts.Identifier): boolean {
  const at = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent : node;
  const { parent } = at;
  if (ts.isCallExpression(parent)) {
    if (parent.expression === at || REGISTERS.test(calleeName(parent))) return true;
    return !isPredicate(node.text) && !isAmbiguousStep(node.text);
  }
  if (ts.isJsxOpeningLikeElement(parent)) return parent.tagName === at;
  if (isPredicate(node.text)) return false;
  if (ts.isConditionalExpression(parent)) return parent.condition !== at;
  if (ts.isArrayLiteralExpression(parent) || ts.isSpreadElement(parent) || ts.isNewExpression(parent)) return true;
  if (isAmbiguousStep(node.text)) return false;
  if (ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent)) return parent.initializer === at;
  if (ts.isBinaryExpression(parent)) return parent.right === at;
  return (
    ts.isReturnStatement(parent) || ts.isAwaitExpression(parent) || (ts.isArrowFunction(parent) && parent.body === at)
  );
}

function isPredicate(name: string): boolean {
  return /^(?:is|has|can)(?![a-z])/.test(name);
}

/** How a branch lets somebody through. */
export type Grant =
  /** Hands on, says yes, or makes somebody up. */
  | 'opens'
  /** Ends the function, so that what follows is not reached. */
  | 'leaves'
  /** Neither. */
  | 'none';

export function grantOf(branch: Branch): Grant {
  if (some(branch, opens, true)) return 'opens';
  return some(branch, ts.isReturnStatement, true) ? 'leaves' : 'none';
}

function opens(node: ts.Node): boolean {
  if (ts.isReturnStatement(node)) return node.expression !== undefined && isYes(node.expression);
  if (ts.isCallExpression(node)) return handsOn(node) || setsIdentity(node);
  return isIdentityAssignment(node);
}

/** `true`, `Promise.resolve(true)`, an object that says who somebody is. */
function isYes(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (ts.isCallExpression(node))
    return node.arguments.length === 1 && node.arguments[0]?.kind === ts.SyntaxKind.TrueKeyword;
  return node.kind === ts.SyntaxKind.TrueKeyword || ts.isObjectLiteralExpression(node);
}

function handsOn(call: ts.CallExpression): boolean {
  return HANDS_ON.test(calleeName(call)) && !handsOnError(call);
}

/** `req.user = …`, `session = { … }`. */
export function isIdentityAssignment(node: ts.Node): boolean {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false;
  const target = unwrap(node.left);
  const name = ts.isIdentifier(target) ? target.text : ts.isPropertyAccessExpression(target) ? target.name.text : '';
  return isIdentityName(name) && !isEmptyValue(unwrap(node.right));
}

/** `c.set('user', …)` */
function setsIdentity(call: ts.CallExpression): boolean {
  const [key] = call.arguments;
  return calleeName(call) === 'set' && key !== undefined && ts.isStringLiteralLike(key) && isIdentityName(key.text);
}

/** Says that a branch makes somebody up. */
export function makesUpIdentity(branch: Branch): boolean {
  return some(branch, (node) => isIdentityAssignment(node) || (ts.isCallExpression(node) && setsIdentity(node)), true);
}

/** Says that nothing behind a branch in the same block is reached. */
export function exits(branch: Branch): boolean {
  const last = branch.at(-1);
  if (last === undefined) return false;
  if (ts.isBlock(last)) return exits(last.statements);
  return ts.isReturnStatement(last) || ts.isThrowStatement(last) || ts.isContinueStatement(last);
}

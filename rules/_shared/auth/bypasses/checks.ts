import { ts } from '#api';
import { isFunctionWithBody } from '../../enclosing.ts';
import { isAccessStep, isAmbiguousStep, isLimiterName, isPredicateName, isStandInName } from '../accessNames.ts';
import { type Branch, calleeName, isRegistration, some } from './branch.ts';
import { isIdle } from './questions.ts';
import type { SwitchKind } from './switchNames.ts';

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

/** A branch that checks somebody: by a call that verifies, or by handing over to a step named for it. */
export function checks(branch: Branch, kind: SwitchKind): boolean {
  return some(branch, (node) => {
    if (ts.isIdentifier(node)) return isStep(node.text, kind) && isUse(node);
    return ts.isCallExpression(node) && isCheckingCall(node, kind) && !isIdle(node);
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

/**
 * Called for what depends on it, or handed to something that will call it: not merely asked for its truth, as a variable
 * `isAdmin` may be.
 */
function isUse(node: ts.Identifier): boolean {
  const at = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent : node;
  const { parent } = at;
  if (ts.isCallExpression(parent)) {
    if (parent.expression === at) return !isIdle(parent);
    return isRegistration(parent) || (!isPredicateName(node.text) && !isAmbiguousStep(node.text));
  }
  if (ts.isJsxOpeningLikeElement(parent)) return parent.tagName === at;
  if (isPredicateName(node.text)) return false;
  if (ts.isConditionalExpression(parent)) return parent.condition !== at;
  if (ts.isArrayLiteralExpression(parent) || ts.isSpreadElement(parent) || ts.isNewExpression(parent)) return true;
  if (isAmbiguousStep(node.text)) return false;
  if (ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent)) return parent.initializer === at;
  if (ts.isBinaryExpression(parent)) return parent.right === at;
  return (
    ts.isReturnStatement(parent) || ts.isAwaitExpression(parent) || (ts.isArrowFunction(parent) && parent.body === at)
  );
}

import { type FunctionNode, ts, unwrap } from '#api';
import { isIdentityName, isStandInName } from '../../_shared/auth/accessNames.ts';
import { constant } from '../../_shared/calls.ts';
import { isDevelopmentOnly } from '../../_shared/developmentBranch.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { functionName } from '../../_shared/functionName.ts';
import type { FileView } from '../../_shared/sourceView.ts';
import { webRole } from '../../_shared/web/handlerRoles.ts';
import { type Use, usesOf } from './flow.ts';
import { type Refusal, refusingIf } from './refusals.ts';
import { isSomebodyAsked } from './whole.ts';

/** Who somebody is, taken from what they said. */
export interface Claim {
  readonly place: ts.Node;
  /** The header, cookie or field that says it. */
  readonly name: string;
}

const MAY_CHECK =
  /verif|decod|decrypt|compare|timingSafe|validate|introspect|signature|jwt|session|token|password|secret/i;

/** Somebody in front who says who it is, and lets nobody else say so. */
const IN_FRONT = /gateway|proxy|upstream|ingress|sidecar|service.?mesh|kong|envoy|nginx|traefik|istio|load.?balancer/i;

/** `req.user = …`: the shape of an assignment that may be one of somebody's identity. */
export function namesIdentity(node: ts.BinaryExpression): ts.BinaryExpression | undefined {
  if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const target = unwrap(node.left);
  return ts.isPropertyAccessExpression(target) && isIdentityName(target.name.text) ? node : undefined;
}

/** The identity of a request that is made of what the request says itself. */
export function claimKept(assignment: ts.BinaryExpression, source: FileView): Claim | undefined {
  const target = unwrap(assignment.left);
  const owner = ts.isPropertyAccessExpression(target) ? unwrap(target.expression) : undefined;
  if (owner === undefined || !ts.isIdentifier(owner) || !isRequest(owner, source)) return undefined;
  const uses = unverified(assignment, source);
  const use = uses?.find(
    ({ said, read }) => (said.kind === 'claim' || said.parsed === true) && isInside(read, assignment.right),
  );
  return use && { place: assignment, name: use.said.name };
}

function isRequest(node: ts.Identifier, source: FileView): boolean {
  const declaration = source.lookup(node);
  const role = declaration && webRole(declaration, source)?.role;
  return role === 'request' || role === 'context';
}

/** `if (req.headers['x-user-role'] !== 'admin') return res.status(403).end()`: who says so is let in. */
export function claimAsked(refusal: Refusal, source: FileView): Claim | undefined {
  const condition = refusingIf(refusal)?.expression;
  if (condition === undefined) return undefined;
  const use = unverified(condition, source)?.find(
    ({ said, node, read }) => said.kind === 'claim' && isInside(read, condition) && wantsPrivilege(node),
  );
  return use && { place: condition, name: use.said.name };
}

/** `… !== 'admin'`, `!isAdmin`: refuses those who do not say that they are somebody. */
function wantsPrivilege(node: ts.Expression): boolean {
  const { parent } = node;
  if (!ts.isBinaryExpression(parent) || !/^!==?$/.test(parent.operatorToken.getText())) return false;
  const other = constant(parent.left === node ? parent.right : parent.left)?.value;
  return (
    other === true ||
    (typeof other === 'string' && /admin|owner|root|super|manager|moderator|staff|^true$/i.test(other))
  );
}

/** What the function around does with what the client said, when nothing in it or around it tells of a check. */
function unverified(place: ts.Node, source: FileView): readonly Use[] | undefined {
  const fn = enclosingFunction(place);
  if (fn === undefined || isStandInName(functionName(fn)) || isDevelopmentOnly(place)) return undefined;
  if (isSomebodyAsked(fn, MAY_CHECK, source) || saysInFront(fn, source)) return undefined;
  const uses = usesOf(fn, source);
  // What is shown besides may be what is checked.
  return uses.some(({ said, as }) => said.kind === 'credential' && said.parsed !== true && as === 'kept')
    ? undefined
    : uses;
}

function saysInFront(fn: FunctionNode, { file, header }: FileView): boolean {
  return IN_FRONT.test(file.text) || IN_FRONT.test(header.localPath) || IN_FRONT.test(functionName(fn));
}

function isInside(node: ts.Node, whole: ts.Node): boolean {
  return node.pos >= whole.pos && node.end <= whole.end;
}

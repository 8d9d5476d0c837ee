import { type FunctionNode, ts, unwrap } from '#api';
import { isIdentityName, isStandInName } from '../../_shared/auth/accessNames.ts';
import { constant } from '../../_shared/calls.ts';
import { isDevelopmentOnly } from '../../_shared/developmentBranch.ts';
import { enclosingFunction, isWithin } from '../../_shared/enclosing.ts';
import { functionName } from '../../_shared/functionName.ts';
import type { FileView } from '../../_shared/sourceView.ts';
import { webRole } from '../../_shared/web/handlerRoles.ts';
import { mayBeVerifiedElsewhere } from './elsewhere.ts';
import { type Use, usesOf } from './flow.ts';
import { type Hearing, mayHear } from './hearing.ts';
import { oncePerFunction } from './oncePerFunction.ts';
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

/** One service of several, which others call after they found out who asks: `microservices/profile/…`, `order-service/…`. */
const ONE_OF_SERVICES =
  /(?:^|\/)(?:micro-?services?|[\w-]+[-_](?:service|svc|ms))\/|(?:^|\/)services\/[^/]+\/(?:src|app|lib|middlewares?)\//i;

/** `req.user = …`: the shape of an assignment that may be one of somebody's identity. */
export function namesIdentity(node: ts.BinaryExpression): ts.BinaryExpression | undefined {
  if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const target = unwrap(node.left);
  return ts.isPropertyAccessExpression(target) && isIdentityName(target.name.text) ? node : undefined;
}

/** The identity of a request that is made of what the request says itself. */
export function claimKept(assignment: ts.BinaryExpression, source: Hearing): Claim | undefined {
  const target = unwrap(assignment.left);
  const owner = ts.isPropertyAccessExpression(target) ? unwrap(target.expression) : undefined;
  if (owner === undefined || !ts.isIdentifier(owner) || !isRequest(owner, source)) return undefined;
  // Whoever is nobody in particular may say so.
  if (/['"`](?:anon|guest|visitor|public)/i.test(assignment.right.getText())) return undefined;
  const isChoice =
    ts.isPropertyAccessExpression(target) && /^(?:roles?|is_?admin|permissions)$/i.test(target.name.text);
  const fn = enclosingFunction(assignment);
  const isVerifiedElsewhere = fn !== undefined && mayBeVerifiedElsewhere(fn, source);
  const use = unverified(assignment, source)?.find(
    ({ said, read }) =>
      (said.kind === 'claim' || (said.parsed === true && !isVerifiedElsewhere)) &&
      // A role in a form is one that is asked for; what it is kept as says no more.
      !(isChoice && said.inForm) &&
      isWithin(read, assignment.right),
  );
  return use && { place: assignment, name: use.said.name };
}

function isRequest(node: ts.Identifier, source: FileView): boolean {
  const declaration = source.lookup(node);
  const role = declaration && webRole(declaration, source)?.role;
  return role === 'request' || role === 'context';
}

/** `if (req.headers['x-user-role'] !== 'admin') return res.status(403).end()`: who says so is let in. */
export function claimAsked(refusal: Refusal, source: Hearing): Claim | undefined {
  const condition = refusingIf(refusal)?.expression;
  if (condition === undefined) return undefined;
  const asked = unverified(condition, source)?.filter(
    ({ said, read }) => said.kind === 'claim' && isWithin(read, condition),
  );
  const use = asked?.find(({ node }) => wantsPrivilege(node));
  // One of a list of roles is what a form may choose from, and so is the role that somebody is given.
  if (use?.said.inForm === true && (asked?.length !== 1 || GIVES_ROLES.test(nameAround(condition)))) return undefined;
  return use && { place: condition, name: use.said.name };
}

const GIVES_ROLES = /regist|sign_?up|creat|invit|updat|assign|choose|select|add|set|valid|change|grant/i;

function nameAround(node: ts.Node): string {
  const fn = enclosingFunction(node);
  return fn === undefined ? '' : functionName(fn);
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
function unverified(place: ts.Node, source: Hearing): readonly Use[] | undefined {
  const fn = enclosingFunction(place);
  return fn === undefined || isDevelopmentOnly(place) ? undefined : unverifiedIn(fn, source);
}

const unverifiedIn = oncePerFunction((fn: FunctionNode, source: Hearing): readonly Use[] | undefined => {
  if (!mayHear(fn, source)) return undefined;
  if (isStandInName(functionName(fn))) return undefined;
  if (isSomebodyAsked(fn, MAY_CHECK, source) || saysInFront(fn, source)) return undefined;
  if (asksForSecret(fn)) return undefined;
  const uses = usesOf(fn, source);
  // What is shown besides may be what is checked.
  return uses.some(({ said, as }) => said.kind === 'credential' && said.parsed !== true && as === 'kept')
    ? undefined
    : uses;
});

/** A condition about something that only the program knows: `req.get('x-caller') !== process.env.CALLER`. */
function asksForSecret(fn: FunctionNode): boolean {
  const visit = (node: ts.Node): boolean =>
    (ts.isIfStatement(node) && /\benv\b|config|settings|secret/i.test(node.expression.getText())) ||
    (ts.forEachChild(node, (child) => visit(child) || undefined) ?? false);
  return fn.body !== undefined && visit(fn.body);
}

function saysInFront(fn: FunctionNode, { file, header }: FileView): boolean {
  const path = header.localPath;
  return (
    IN_FRONT.test(file.text) || IN_FRONT.test(path) || ONE_OF_SERVICES.test(path) || IN_FRONT.test(functionName(fn))
  );
}

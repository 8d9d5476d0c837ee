import { type FileHeader, type FunctionNode, ts, unwrap } from '#api';
import { isAccessStep } from '../../_shared/auth/accessNames.ts';
import { jwtFunction } from '../../_shared/auth/jwtCalls.ts';
import { calledName, memberAccess, memberCall } from '../../_shared/calls.ts';
import { classAround } from '../../_shared/classAround.ts';
import { outermostFunction } from '../../_shared/enclosing.ts';
import { assignedName, functionName } from '../../_shared/functionName.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { handlerOf } from '../../_shared/web/handlerRoles.ts';
import { isServerFile } from '../../_shared/web/serverFile.ts';
import { identityOf } from './identity.ts';

/** Methods of services that an application gets injected or decorated with, by their packages. */
const SERVICES: readonly { readonly module: string; readonly receiver: RegExp }[] = [
  { module: '@nestjs/jwt', receiver: /jwt\w*$/i },
  { module: '@fastify/jwt', receiver: /\.jwt$/ },
];

/** True for a call that reads a token without checking it. */
export function decodes(call: ts.CallExpression, header: FileHeader): boolean {
  if (jwtFunction(call, header)?.does === 'decode') return true;
  const through = memberCall(call);
  if (through?.name !== 'decode') return false;
  const receiver = through.receiver.getText();
  return SERVICES.some((service) => header.modules.has(service.module) && service.receiver.test(receiver));
}

/**
 * Says whether what a decoded token claims is taken for the truth about who is asking: it becomes the user of the request,
 * or is what a function named for authenticating goes by, and nothing in that function verifies.
 */
export function trustsDecoded(call: ts.CallExpression, source: SourceView): boolean {
  if (passesKey(call, source.header)) return true;
  const owner = outermostFunction(call);
  if (
    owner === undefined ||
    verifies(owner) ||
    comesLater(call, source) ||
    isOwnToken(call, source) ||
    !decides(source)
  )
    return false;
  const name = functionName(owner) || assignedName(owner);
  if (/refresh|logout|sign_?out|revoke|blacklist|expir|peek|inspect|debug/i.test(name)) return false;
  return identityOf(call, source, isAccessStep(name) || isRefusing(owner, source));
}

/** A guard that asks for roles runs behind the one that verified who is there. */
function comesLater(call: ts.CallExpression, source: SourceView): boolean {
  return /^(?:Roles?|Permissions?|Polic(?:y|ies)|Scopes?|Abilit(?:y|ies))\w*Guard$/.test(
    classAround(call, source)?.name?.text ?? '',
  );
}

/** Middleware that answers 401 or 403 decides who comes in, whatever it is called. */
function isRefusing(owner: FunctionNode, source: SourceView): boolean {
  const takesNext = handlerOf(owner, source)?.parameters.next !== undefined;
  return takesNext && /\b40[13]\b/.test(owner.body?.getText() ?? '');
}

/** Packages for servers alone; a page cannot verify, and what it shows somebody who wrote their own token is theirs. */
const FOR_SERVERS = ['jsonwebtoken', '@nestjs/jwt', '@fastify/jwt', 'hono/jwt', '@tsndr/cloudflare-worker-jwt'];

function decides({ header }: SourceView): boolean {
  return FOR_SERVERS.some((module) => header.modules.has(module)) || isServerFile(header);
}

/** Calls that bring a token straight from who made it. */
const MAKERS = /^(?:sign|issue|create|generate|make|exchange|fetch|request|refresh|login|getToken)/i;

/** A token that this program signed a moment ago, or got from the provider it asked itself. */
function isOwnToken(call: ts.CallExpression, source: SourceView): boolean {
  let token: ts.Node | undefined = call.arguments[0];
  for (let step = 0; token !== undefined && step < 5; step++) {
    let node = unwrap(token);
    if (ts.isAwaitExpression(node)) node = unwrap(node.expression);
    if (ts.isCallExpression(node)) return MAKERS.test(calledName(node) ?? '');
    if (ts.isPropertyAccessExpression(node)) token = node.expression;
    else if (ts.isIdentifier(node)) token = heldBy(source.lookup(node));
    else return false;
  }
  return false;
}

/** What a variable starts with, or what it is taken out of. */
function heldBy(declaration: ts.Declaration | undefined): ts.Expression | undefined {
  let at: ts.Node | undefined = declaration;
  while (at !== undefined && ts.isBindingElement(at)) at = at.parent.parent;
  return at !== undefined && ts.isVariableDeclaration(at) ? at.initializer : undefined;
}

/** `jwt.decode(token, secret)`: written by somebody who takes it for a verification; the key is ignored. */
function passesKey(call: ts.CallExpression, header: FileHeader): boolean {
  const key = call.arguments[1];
  if (key === undefined || header.resolve(call.expression) !== 'jsonwebtoken#decode') return false;
  const node = unwrap(key);
  const name = ts.isIdentifier(node) ? node.text : (memberAccess(node)?.name ?? '');
  return /(?:key|secret)$/i.test(name);
}

/** Any call that checks somebody, before or after; a registration with guards counts as well. */
function verifies(owner: FunctionNode): boolean {
  if (
    ts.isCallExpression(owner.parent) &&
    owner.parent.arguments.some((other) => other !== owner && !ts.isLiteralExpression(unwrap(other)))
  ) {
    return true;
  }
  let found = false;
  const visit = (node: ts.Node): void => {
    if (found) return;
    if (ts.isCallExpression(node)) {
      const name = calledName(node) ?? '';
      found = /verif|introspect|authenticate|validate|checkToken|isValid|timingSafeEqual|getUser$|getSession/i.test(
        name,
      );
    }
    ts.forEachChild(node, visit);
  };
  if (owner.body !== undefined) visit(owner.body);
  return found;
}

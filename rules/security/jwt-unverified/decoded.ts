import { type FileHeader, type FunctionNode, ts, unwrap } from '#api';
import { isAccessStep } from '../../_shared/auth/accessNames.ts';
import { jwtFunction } from '../../_shared/auth/jwtCalls.ts';
import { calledName, memberAccess, memberCall } from '../../_shared/calls.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { identityOf } from './identity.ts';

/** Methods of services that an application gets injected or decorated with, by their packages. */
const SERVICES: readonly { readonly module: string; readonly receiver: RegExp }[] = [
  { module: '@nestjs/jwt', receiver: /jwt(?:Service)?$/i },
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
  const owner = outermost(call);
  if (owner === undefined || verifies(owner)) return false;
  const name = nameOfFunction(owner);
  if (/refresh|logout|sign_?out|revoke|blacklist|expir|peek|inspect|debug/i.test(name)) return false;
  return identityOf(call, source, isAccessStep(name));
}

/** `jwt.decode(token, secret)`: written by somebody who takes it for a verification; the key is ignored. */
function passesKey(call: ts.CallExpression, header: FileHeader): boolean {
  const key = call.arguments[1];
  if (key === undefined || header.resolve(call.expression) !== 'jsonwebtoken#decode') return false;
  const node = unwrap(key);
  const name = ts.isIdentifier(node) ? node.text : (memberAccess(node)?.name ?? '');
  return /(?:key|secret)$/i.test(name);
}

/** The outermost function around: a method, or what is declared at top level or handed to a call there. */
function outermost(node: ts.Node): FunctionNode | undefined {
  let found: FunctionNode | undefined;
  for (let fn = enclosingFunction(node); fn !== undefined; fn = enclosingFunction(fn)) found = fn;
  return found;
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
      found = /verif|introspect|authenticate|validateToken|checkToken|timingSafeEqual|getUser$|getSession/i.test(name);
    }
    ts.forEachChild(node, visit);
  };
  if (owner.body !== undefined) visit(owner.body);
  return found;
}

export function nameOfFunction(fn: FunctionNode): string {
  const { parent } = fn;
  const named =
    fn.name ??
    (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)
      ? parent.name
      : undefined);
  return named !== undefined && (ts.isIdentifier(named) || ts.isStringLiteral(named)) ? named.text : '';
}

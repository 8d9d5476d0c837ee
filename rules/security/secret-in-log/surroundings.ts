import { ts } from '#api';
import { secretKind } from '../../_shared/auth/secretNames.ts';
import { isDevelopmentOnly } from '../../_shared/developmentBranch.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import type { LogCall } from '../../_shared/loggers.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { webRole } from '../../_shared/web/handlerRoles.ts';
import { mayHoldSecret } from './bodies.ts';
import type { Logged } from './secrets.ts';

/** Packages whose tokens let somebody in. */
const AUTH_PACKAGE =
  /jsonwebtoken|^jose$|passport|bcrypt|next-auth|@auth\/|@nestjs\/jwt|@fastify\/jwt|oauth|firebase-admin/;

/** What a token starts with when it is one of somebody who signed in. */
const AUTH_ORIGIN = /sign\(|headers|cookie|authorization|localStorage|sessionStorage|bearer|login|jwt/i;

/** Whether what is logged is worth telling, as far as the code around says. */
export function isLeak({ node, name, kind, inObject }: Logged, log: LogCall, source: SourceView): boolean {
  if (isDevelopmentOnly(node)) return false;
  // A logger can be told which members to leave out, somewhere else.
  if (inObject && log.sink === 'logger') return false;
  if (kind === 'request') return isOfRequest(node, source) && (!/body$/i.test(name) || mayHoldSecret(node, source));
  if (ts.isIdentifier(node)) {
    const value = initialValue(node, source);
    if (value !== undefined && (isHarmless(value) || isPlace(name, value))) return false;
  }
  return kind !== 'token' || isCredential(node, source);
}

/** The request of a handler; the parts of one that was sent are this program's own. */
function isOfRequest(node: ts.Expression, source: SourceView): boolean {
  const owner = ts.isPropertyAccessExpression(node) ? node.expression : undefined;
  const declaration = owner !== undefined && ts.isIdentifier(owner) ? source.lookup(owner) : undefined;
  const role = declaration && webRole(declaration, source)?.role;
  return role === 'request' || role === 'context';
}

/** A flag, a function, a component, or a text that only stands for a secret. */
function isHarmless(value: ts.Node): boolean {
  if (ts.isFunctionLike(value) || ts.isClassLike(value) || ts.isImportSpecifier(value)) return true;
  const text = value.getText();
  return /\*\*\*|redact|mask|length|\.slice\(|substring|substr\(|^!|^(?:true|false)$|===|Boolean\(|^(?:await\s+)?[\w.]*(?:valid|compare|match|check)\w*\(/i.test(
    text,
  );
}

/** ``const secretKey = `${url}:${suffix}` ``: put together from what is no secret, it tells where one is kept. */
function isPlace(name: string, value: ts.Node): boolean {
  if (!/(?:key|name|id|path)$/i.test(name) || !ts.isTemplateExpression(value)) return false;
  return value.templateSpans.every(({ expression }) => {
    const part = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
    return ts.isIdentifier(part) && secretKind(part.text) === undefined;
  });
}

function isCredential(node: ts.Expression, source: SourceView): boolean {
  if ([...source.header.modules].some((module) => AUTH_PACKAGE.test(module))) return true;
  if (!ts.isIdentifier(node)) return /(?:user|auth|session|cookies|localStorage)[?!]?\.\w+$/i.test(node.getText());
  const declaration = source.lookup(node);
  let at: ts.Node | undefined = declaration;
  while (at !== undefined && ts.isBindingElement(at)) at = at.parent.parent;
  const value = at !== undefined && ts.isVariableDeclaration(at) ? at.initializer : undefined;
  return value !== undefined && AUTH_ORIGIN.test(value.getText());
}

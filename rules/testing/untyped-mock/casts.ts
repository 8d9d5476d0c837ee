import { type FileHeader, type FunctionNode, ts, unwrap } from '#api';
import { isNullish, propertyKey } from '../../_shared/calls.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { functionName } from '../../_shared/functionName.ts';
import { typeReference } from '../../_shared/typeReference.ts';
import { PARAMETER_TYPES } from '../../_shared/web/frameworks.ts';

/** `request` alone is what clients call what they send. */
const NAME =
  /^_?(?:req|res|reply|(?:mock|fake|stub)_?(?:req|request|res|resp|response|reply)|(?:req|request|res|response|reply)_?(?:mock|fake|stub))\d*$/i;
const REQUEST_MEMBERS = ['body', 'params', 'query', 'headers', 'cookies', 'session', 'method', 'originalUrl', 'file'];
const RESPONSE_MEMBERS = ['status', 'json', 'send', 'sendStatus', 'setHeader', 'cookie', 'redirect', 'render', 'end'];

/** The mock that a cast takes the type from; `undefined` for casts of anything else. */
export function mockIn(cast: ts.AsExpression, header: FileHeader): ts.Expression | undefined {
  if (cast.type.kind === ts.SyntaxKind.AnyKeyword) return isMock(cast.expression) ? cast.expression : undefined;
  const inner = unwrapParentheses(cast.expression);
  if (!ts.isAsExpression(inner) || inner.type.kind !== ts.SyntaxKind.UnknownKeyword) return undefined;
  const target = typeReference(cast.type, header);
  const role = target?.module === undefined ? undefined : PARAMETER_TYPES[`${target.module}#${target.name}`]?.[1];
  if (role !== 'request' && role !== 'response') return undefined;
  return isNullish(unwrap(inner.expression)) ? undefined : inner.expression;
}

function unwrapParentheses(expression: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(expression) ? unwrapParentheses(expression.expression) : expression;
}

/** An object with members of a request or response, or a name that says so. */
function isMock(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) return NAME.test(node.text);
  if (!ts.isObjectLiteralExpression(node)) return false;
  const keys = node.properties.flatMap(({ name }) => (name === undefined ? [] : (propertyKey(name) ?? [])));
  // One name alone, such as `body` or `status`, is what many other objects have.
  const shared = (members: readonly string[]) => keys.filter((key) => members.includes(key)).length;
  return shared(REQUEST_MEMBERS) > 1 || shared(RESPONSE_MEMBERS) > 1;
}

/** Whether only a member of it is read or set: `(req as any).user`. */
export function isOwner(cast: ts.AsExpression): boolean {
  let at: ts.Node = cast;
  while (ts.isParenthesizedExpression(at.parent)) at = at.parent;
  const { parent } = at;
  return (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) && parent.expression === at;
}

/** Whether the cast is what a helper is for: made once, and typed for all tests that use it. */
export function isInHelper(cast: ts.AsExpression): boolean {
  let fn: FunctionNode | undefined = enclosingFunction(cast);
  for (let steps = 0; fn !== undefined && steps < 8; steps++) {
    const name = functionName(fn);
    if (name !== undefined && /^_?(?:mock|fake|stub|make|create|build|get|new|setup|given|a|an)(?=[A-Z_]|$)/.test(name))
      return true;
    fn = enclosingFunction(fn);
  }
  return false;
}

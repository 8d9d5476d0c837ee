import { type FileHeader, ts, unwrap } from '#api';
import { byName } from '../../byName.ts';
import { isEnvironment } from '../../env/environment.ts';
import type { Hint } from './facts.ts';
import { CROSS_SITE, HEALTH_PATH, hintOfName, SECURITY_HEADER, TOO_MANY } from './vocabulary.ts';

/** What a short text says wherever it stands. */
export const saidBy = byName((text): 'limit' | 'csrf' | 'headers' | 'health' | undefined => {
  if (TOO_MANY.test(text)) return 'limit';
  if (CROSS_SITE.test(text)) return 'csrf';
  if (SECURITY_HEADER.test(text)) return 'headers';
  return HEALTH_PATH.test(text) && /^\/?[\w./:-]+$/.test(text) ? 'health' : undefined;
});

/** `{ sameSite: true }`, or a value that is computed; texts are looked at by themselves. */
export function keepsToItsSite({ properties }: ts.ObjectLiteralExpression): boolean {
  return properties.some((property) => {
    if (property.name === undefined || !ts.isIdentifier(property.name) || property.name.text !== 'sameSite')
      return false;
    if (!ts.isPropertyAssignment(property)) return true;
    const { initializer } = property;
    return !ts.isStringLiteralLike(initializer) && initializer.kind !== ts.SyntaxKind.FalseKeyword;
  });
}

/** What has a body that middleware parses: `req`, `ctx.request`. */
export function isRequest(node: ts.Expression): boolean {
  const inner = unwrap(node);
  const name = ts.isIdentifier(inner) ? inner : ts.isPropertyAccessExpression(inner) ? inner.name : undefined;
  return name !== undefined && /^_?(?:req|request)$/.test(name.text);
}

/** `req`, `ctx.state`, `req.headers`. */
export function isRequestPart(node: ts.Expression): boolean {
  const inner = unwrap(node);
  const name = ts.isIdentifier(inner) ? inner : ts.isPropertyAccessExpression(inner) ? inner.name : undefined;
  return name !== undefined && /^_?(?:req|request|ctx|context|c|state|locals|headers|user|session)$/.test(name.text);
}

/** `@Get('health')` is a path without a slash; only the argument itself is known here. */
export function isPathPlace(node: ts.StringLiteral): boolean {
  return /^_?health(?:z|[-_]?check)?$|^(?:live|ready)z$/i.test(node.text);
}

/** What a call says by its name. */
export function hintOfCall(node: ts.CallExpression): Hint | undefined {
  const { expression } = node;
  const name = ts.isIdentifier(expression)
    ? expression.text
    : ts.isPropertyAccessExpression(expression)
      ? expression.name.text
      : undefined;
  if (name === undefined) return undefined;
  return hintOfName(name);
}

const ANSWERS: ReadonlySet<string> = new Set(['json', 'jsonp', 'send', 'end', 'write']);

/** `response.json(process.env)`, `res.send({ env: process.env })`, `res.end(JSON.stringify(process.env))`. */
export function answersEnvironment(
  { expression, arguments: [answer] }: ts.CallExpression,
  header: FileHeader,
): boolean {
  if (!ts.isPropertyAccessExpression(expression) || answer === undefined) return false;
  return ANSWERS.has(expression.name.text) && holdsEnvironment(answer, header);
}

/** The environment, as a member of an object, among others in it, or as text. */
function holdsEnvironment(value: ts.Node, header: FileHeader): boolean {
  const node = unwrap(value);
  if (ts.isBinaryExpression(node)) return holdsEnvironment(node.left, header) || holdsEnvironment(node.right, header);
  if (ts.isCallExpression(node)) {
    const [text] = node.arguments;
    return (
      text !== undefined &&
      header.resolve(node.expression) === 'global#JSON.stringify' &&
      holdsEnvironment(text, header)
    );
  }
  if (!ts.isObjectLiteralExpression(node)) return isEnvironment(node, header);
  return node.properties.some((property) => {
    if (ts.isPropertyAssignment(property)) return isEnvironment(unwrap(property.initializer), header);
    return ts.isSpreadAssignment(property) && isEnvironment(unwrap(property.expression), header);
  });
}

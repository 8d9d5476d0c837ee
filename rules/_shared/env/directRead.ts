import { type FileHeader, ts, unwrap } from '#api';
import { isEnvironment } from './environment.ts';

/**
 * The variable that an expression reads by itself: `process.env.X`, `process.env['X']`, the same of `Bun.env`, and
 * `Deno.env.get('X')`. Needs nothing but the expression and the header, so it may be asked in node scope; `variableRead`
 * follows constants and configuration objects as well.
 */
export function directRead(expression: ts.Node, header: FileHeader): string | undefined {
  const node = unwrap(expression);
  if (ts.isPropertyAccessExpression(node)) {
    return isEnvironment(node.expression, header) ? node.name.text : undefined;
  }
  if (ts.isElementAccessExpression(node)) {
    const key = node.argumentExpression;
    return ts.isStringLiteralLike(key) && isEnvironment(node.expression, header) ? key.text : undefined;
  }
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const [name] = node.arguments;
  if (node.expression.name.text !== 'get' || name === undefined || !ts.isStringLiteralLike(name)) return undefined;
  return header.resolve(node.expression) === 'global#Deno.env.get' ? name.text : undefined;
}

import { ts, unwrap } from '#api';
import { initialValue } from '../../_shared/initialValue.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** Names that packages such as `http-status-codes`, `http-status` and NestJS give to failures of a server. */
const SERVER_ERRORS: Readonly<Record<string, number>> = {
  INTERNAL_SERVER_ERROR: 500,
  InternalServerError: 500,
  NOT_IMPLEMENTED: 501,
  BAD_GATEWAY: 502,
  SERVICE_UNAVAILABLE: 503,
  GATEWAY_TIMEOUT: 504,
};

/** How far locals are followed. */
const MAX_DEPTH = 4;

/**
 * Whether a status says that the server failed: `500`, `HttpStatus.BAD_GATEWAY`, one of two (`known ? 404 : 500`), and locals
 * that start with one of these. A status that errors bring with them (`error.status ?? 500`) says nothing.
 */
export function mayBeServerError(status: ts.Node, source: SourceView, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const node = unwrap(status);
  const inner = (at: ts.Node) => mayBeServerError(at, source, depth + 1);
  if (ts.isNumericLiteral(node)) return Number(node.text) >= 500 && Number(node.text) < 600;
  if (ts.isPropertyAccessExpression(node)) return Object.hasOwn(SERVER_ERRORS, node.name.text);
  if (ts.isConditionalExpression(node)) {
    return !isOwnStatus(node.whenTrue) && (inner(node.whenTrue) || inner(node.whenFalse));
  }
  if (!ts.isIdentifier(node)) return false;
  const initial = initialValue(node, source);
  return initial !== undefined && ts.isExpression(initial) && inner(initial);
}

/** `error.statusCode`. */
function isOwnStatus(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (!ts.isPropertyAccessExpression(node) || !/^status(?:Code)?$/.test(node.name.text)) return false;
  return !/^(?:res|response|reply|ctx)$/.test(unwrap(node.expression).getText());
}

import { ts, unwrap } from '#api';
import type { SourceView } from '../sourceView.ts';
import type { Framework } from './frameworks.ts';
import { webRole } from './handlerRoles.ts';

/** A call on the response of a request, e.g. `res.status(500).json(body)`. */
export interface ResponseCall {
  readonly framework: Framework;
  /** The last method called: `json`, `send`, `redirect` … */
  readonly method: string;
  readonly arguments: readonly ts.Expression[];
  /** The status that the chain sets with a constant. */
  readonly status: number | undefined;
  /** The status that the chain sets, whatever it is. */
  readonly statusNode: ts.Expression | undefined;
}

/** What the standard `Response` is made with, and what extends it. */
const FETCH_RESPONSES: Readonly<Record<string, string>> = {
  'global#Response': 'send',
  'global#Response.json': 'json',
  'global#Response.redirect': 'redirect',
  'next/server#NextResponse': 'send',
  'next/server#NextResponse.json': 'json',
  'next/server#NextResponse.redirect': 'redirect',
};

/** Reads a call or `new Response(…)` as one that answers a request; `undefined` when it is none, or cannot be told. */
export function responseCall(call: ts.CallExpression | ts.NewExpression, source: SourceView): ResponseCall | undefined {
  const args = call.arguments ?? [];
  const known = source.header.resolve(call.expression);
  const fetched = known === undefined ? undefined : FETCH_RESPONSES[known];
  if (fetched !== undefined) {
    return { framework: 'fetch', method: fetched, arguments: args, ...withStatus(statusOption(args[1])) };
  }
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined;
  const method = call.expression.name.text;
  let status = statusIn(method, args);
  let at = unwrap(call.expression.expression);
  while (ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression)) {
    status ??= statusIn(at.expression.name.text, at.arguments);
    at = unwrap(at.expression.expression);
  }
  if (ts.isPropertyAccessExpression(at) && (at.name.text === 'res' || at.name.text === 'response'))
    at = unwrap(at.expression);
  if (!ts.isIdentifier(at)) return undefined;
  const declaration = source.lookup(at);
  const found = declaration && webRole(declaration, source);
  if (found === undefined || (found.role !== 'response' && found.role !== 'context')) return undefined;
  // c.json(body, 500) of Hono.
  if (found.framework === 'hono' && method !== 'status') status = args[1] ?? status;
  return { framework: found.framework, method, arguments: args, ...withStatus(status) };
}

function withStatus(statusNode: ts.Expression | undefined): Pick<ResponseCall, 'status' | 'statusNode'> {
  const isNumber = statusNode !== undefined && ts.isNumericLiteral(statusNode);
  return { statusNode, status: isNumber ? Number(statusNode.text) : undefined };
}

function statusIn(method: string, args: readonly ts.Expression[]): ts.Expression | undefined {
  if (method === 'redirect') return undefined;
  return /^(?:status|code|sendStatus|writeHead)$/.test(method) ? args[0] : undefined;
}

/** `{ status: 500 }` of the standard `Response`. */
function statusOption(options: ts.Expression | undefined): ts.Expression | undefined {
  if (options === undefined || !ts.isObjectLiteralExpression(options)) return undefined;
  for (const property of options.properties) {
    if (ts.isShorthandPropertyAssignment(property) && property.name.text === 'status') return property.name;
    if (ts.isPropertyAssignment(property) && property.name.getText() === 'status') return property.initializer;
  }
  return undefined;
}

import { type FixContext, type FixEdit, ts, unwrap } from '#api';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { indentAt, lineEnd } from '../../_shared/layout.ts';
import { type Outbound, outboundCall, outboundClient } from '../../_shared/web/outboundCall.ts';

const ABORT = 'signal: AbortSignal.timeout(10_000)';

/** What limits a call of a client to ten seconds. */
const ENTRIES: Readonly<Record<Outbound['client'], string>> = {
  fetch: ABORT,
  axios: 'timeout: 10_000',
  got: 'timeout: { request: 10_000 }',
  undici: ABORT,
  http: ABORT,
  pg: 'connectionTimeoutMillis: 10_000',
  ioredis: 'commandTimeout: 10_000',
};

/** Passes a timeout of ten seconds in the options, which are added where there are none. */
export function addTimeout(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const call = ctx.node(isCallee)?.parent;
  if (call === undefined || !(ts.isCallExpression(call) || ts.isNewExpression(call))) return undefined;
  const of = ts.isCallExpression(call) ? outboundCall(call, ctx.header) : outboundClient(call, ctx.header);
  if (of === undefined || call.arguments === undefined) return undefined;
  const entry = ENTRIES[of.client];
  const position = of.options ?? 1;
  const given = call.arguments[position];
  if (of.options !== undefined && given !== undefined) {
    const literal = unwrap(given);
    if (isUndefined(literal)) return [ctx.replace(given, `{ ${entry} }`)];
    return ts.isObjectLiteralExpression(literal) ? [addEntry(literal, entry, ctx)] : undefined;
  }
  return [addArgument(call.arguments, position, `{ ${entry} }`, call.end - 1, ctx)];
}

/** Signs that an honest answer may take longer, or goes on for long: the limit ends the transfer of the body as well. */
const LONG =
  /arrayBuffer|\bblob\b|getReader|pipe(?:line|To)?\(|WriteStream|fromWeb|\bstream|\.body\b|FormData|responseType|duplex|upload|download|export(?!\s)|(?<!a)sync|crawl|scrape|openai|anthropic|completion|\bllm\b|gemini|mistral|ollama|replicate|huggingface|inference|generat|transcri|embedding/i;

function mayTakeLong(ctx: FixContext<unknown>): boolean {
  const callee = ctx.node(isCallee);
  const around = callee && (enclosingFunction(callee) ?? callee.parent);
  return around !== undefined && LONG.test(around.getText());
}

/** The same for calls that are answered at once. */
export function addTimeoutIfShort(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  return mayTakeLong(ctx) ? undefined : addTimeout(ctx);
}

/** The same for calls that may honestly take longer. */
export function addTimeoutIfLong(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  return mayTakeLong(ctx) ? addTimeout(ctx) : undefined;
}

function isCallee(node: ts.Node): node is ts.Expression {
  const { parent } = node;
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === node;
}

function isUndefined(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === 'undefined';
}

/** After the last member, on a line of its own where the members have theirs. */
function addEntry(literal: ts.ObjectLiteralExpression, entry: string, ctx: FixContext<unknown>): FixEdit {
  const last = literal.properties.at(-1);
  if (last === undefined) return ctx.replace(literal, `{ ${entry} }`);
  const { text } = ctx;
  const start = last.getStart(ctx.file);
  const ownLine = text.slice(literal.getStart(ctx.file), start).includes('\n');
  return ctx.insert(last.end, ownLine ? `,${lineEnd(text)}${indentAt(text, start)}${entry}` : `, ${entry}`);
}

/** Puts an argument at an index, with `undefined` for those that are left out before it. */
function addArgument(
  given: ts.NodeArray<ts.Expression>,
  index: number,
  argument: string,
  end: number,
  ctx: FixContext<unknown>,
): FixEdit {
  const before = given[Math.min(index, given.length) - 1];
  const missing = Array.from({ length: Math.max(0, index - given.length) }, () => 'undefined');
  const text = [...missing, argument].join(', ');
  return before === undefined ? ctx.insert(end, text) : ctx.insert(before.end, `, ${text}`);
}

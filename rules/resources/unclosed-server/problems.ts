import { type Anchor, type SourceFacetContext, ts, unwrap } from '#api';
import { isDropped, isHandedOn, isUsing, nameOf } from '../../_shared/testing/bindings.ts';
import { cleanupHook } from '../../_shared/testing/hooks.ts';
import type { Handle } from './handles.ts';
import { isNodeServer } from './origins.ts';
import type { Given, ServerKind } from './starts.ts';

/** A server that the file starts and does not close as it should. */
export interface OpenServer {
  readonly at: Anchor;
  readonly problem: 'unclosed' | 'notAwaited';
  /** Variable that holds it; empty when its handle is dropped. */
  readonly name: string;
  readonly kind: ServerKind;
  /** What another module has to hand out for this to hold. */
  readonly given?: Given;
}

interface Judged extends Handle {
  /** Calls that close it and were not judged with an earlier start. */
  readonly own: readonly ts.CallExpression[];
}

/** What a file of tests leaves open. */
export function openServers(
  handles: readonly Handle[],
  closes: readonly ts.CallExpression[],
  ctx: SourceFacetContext,
): readonly OpenServer[] {
  return [...onceEach(handles).flatMap((handle) => problemsOf(handle, ctx)), ...handedServers(handles, closes, ctx)];
}

/** One `close` may end many starts: it is judged with the first of them. */
function onceEach(handles: readonly Handle[]): readonly Judged[] {
  const firsts = new Map<ts.CallExpression, ts.Node>();
  return handles.map((handle) => {
    const own = (handle.uses?.closes ?? []).filter((close) => {
      const first = firsts.get(close) ?? handle.start.call;
      firsts.set(close, first);
      return first === handle.start.call;
    });
    return { ...handle, own };
  });
}

function problemsOf({ start, binding, uses, own }: Judged, ctx: SourceFacetContext): readonly OpenServer[] {
  const name = nameOf(binding);
  const open = (at: ts.Node, problem: OpenServer['problem']): OpenServer => ({
    at: ctx.at(at),
    problem,
    name,
    kind: start.kind,
    ...(start.given !== undefined && { given: start.given }),
  });
  if (uses === undefined) return isDropped(start.call) ? [open(start.call, 'unclosed')] : [];
  if (uses.escapes || uses.returned || isHandedOn(start.call) || isUsing(binding)) return [];
  if (uses.closes.length === 0) return [open(start.call, 'unclosed')];
  if (start.kind !== 'node' || waitsForHandles(ctx)) return [];
  // What is attached to a server closes it as well, in its own way.
  return own
    .filter((close) => isCalledOn(name, close) && returnsEarly(close))
    .map((close) => open(close, 'notAwaited'));
}

function isCalledOn(name: string, { expression }: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(expression) && unwrap(expression.expression).getText() === name;
}

/** Hooks that do not wait for a server which somebody else started: its declared type says that it is one of Node's. */
function handedServers(
  handles: readonly Handle[],
  closes: readonly ts.CallExpression[],
  ctx: SourceFacetContext,
): readonly OpenServer[] {
  if (waitsForHandles(ctx)) return [];
  const judged = new Set(handles.flatMap(({ uses }) => uses?.closes ?? []));
  return closes.flatMap((close): OpenServer[] => {
    const callee = close.expression;
    if (judged.has(close) || !ts.isPropertyAccessExpression(callee) || !ts.isIdentifier(callee.expression)) return [];
    if (!isNodeServer(callee.expression, ctx) || !returnsEarly(close)) return [];
    return [{ at: ctx.at(close), problem: 'notAwaited', name: callee.expression.text, kind: 'node' }];
  });
}

/** Node's own runner gives each file a process, which lives until its last server is closed. */
function waitsForHandles({ header }: SourceFacetContext): boolean {
  return header.modules.has('test');
}

/** `server.close()` in a hook that does not wait: neither a callback nor an event tells when it is done. */
function returnsEarly(close: ts.CallExpression): boolean {
  const hook = cleanupHook(close);
  if (hook === undefined || close.arguments.length > 0) return false;
  if (!ts.isPropertyAccessExpression(close.expression) || close.expression.name.text !== 'close') return false;
  const body = hook.callback.body.getText();
  return !/['"`]close['"`]|promisify|asyncDispose/.test(body) && !isInsidePromise(close, hook.callback);
}

function isInsidePromise(node: ts.Node, limit: ts.Node): boolean {
  for (let up = node.parent; up !== limit; up = up.parent) if (ts.isNewExpression(up)) return true;
  return false;
}

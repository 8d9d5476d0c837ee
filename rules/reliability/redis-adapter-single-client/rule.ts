import { z } from 'zod';
import { rule, ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { identity, isNeverConnected } from './clients.ts';
import { connect, duplicate } from './fixes.ts';

/** Makers of adapters that publish with one client and subscribe with another; those for streams and clusters take one. */
const ADAPTERS = new Set(['@socket.io/redis-adapter#createAdapter', '@socket.io/redis-adapter#createShardedAdapter']);

/** True where a single client is passed for both sides, or the same one twice. */
function isSingle([pub, sub]: readonly ts.Expression[], source: SourceView): boolean {
  if (pub === undefined || ts.isObjectLiteralExpression(unwrap(pub))) return false;
  if (sub === undefined || ts.isObjectLiteralExpression(unwrap(sub))) return true;
  const first = identity(pub, source);
  return first !== undefined && first === identity(sub, source);
}

/** Clients of node-redis connect by themselves up to version 3. */
function connectsByHand({ header }: SourceView): boolean {
  const version = /\d+/.exec(header.dependency('redis') ?? '')?.[0];
  return version !== undefined && Number(version) >= 4;
}

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Redis adapters of socket.io without two connected clients.',
    promise: 'The Redis adapter of socket.io has a client for each direction',
    topics: ['redis adapter', 'socket.io redis', 'socket.io scaling', 'createAdapter', 'pub/sub client'],
    subject: ['createAdapter', 'createShardedAdapter'],
    references: [{ title: 'socket.io: Redis adapter', url: 'https://socket.io/docs/v4/redis-adapter/' }],
    messages: {
      single:
        'A client that subscribes to Redis can do nothing else, so the adapter needs a second one to publish: with this one alone, messages reach no other server. Pass a duplicate() to subscribe with.',
      unconnected:
        '{clients} never connected: node-redis connects only when it is told to, and the adapter fails with its first message. Await connect() before.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: /^create(?:Sharded)?Adapter$/,
        imported: true,
        listen: (node, { header }) =>
          /^create(?:Sharded)?Adapter$/.test(calledName(node) ?? '') || header.imports.has(calledName(node) ?? '')
            ? node
            : undefined,
      },
    },
    each(call, ctx) {
      if (!ADAPTERS.has(ctx.header.resolve(call.expression) ?? '') || call.arguments.some(ts.isSpreadElement)) return;
      const [pub, sub] = call.arguments;
      if (pub === undefined) return;
      if (isSingle(call.arguments, ctx)) {
        ctx.report(pub, 'single');
        return;
      }
      if (sub === undefined || !connectsByHand(ctx)) return;
      const idle = [pub, sub].filter((client) => isNeverConnected(client, ctx));
      const [first] = idle;
      if (first === undefined) return;
      const names = idle.map((client) => unwrap(client).getText()).join(' and ');
      ctx.report(first, 'unconnected', { clients: `${names} ${idle.length === 1 ? 'is' : 'are'}` });
    },
  },
  fixes: { single: [duplicate], unconnected: [connect] },
});

import { z } from 'zod';
import { type FileHeader, rule, type ts } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { isInstalled } from '../../_shared/data/clientTypes.ts';
import { dataCall } from '../../_shared/data/dataCalls.ts';
import { KEYV, REDIS_STORE } from '../../_shared/data/libraries/stores.ts';
import { preparesData } from '../../_shared/places.ts';
import { addExpiry } from './addExpiry.ts';
import { cachedKey } from './cachedKey.ts';
import { expires } from './expires.ts';

/** By syntax and what is installed: maps are set far more often than caches. */
function collect(node: ts.CallExpression, header: FileHeader): ts.CallExpression | undefined {
  if (node.arguments.length < 2 || node.arguments.length > 3 || calledName(node) !== 'set') return undefined;
  return isInstalled(REDIS_STORE, header) || isInstalled(KEYV, header) ? node : undefined;
}

export const options = z.strictObject({
  seconds: z.int().min(1).default(3600).describe('The time to live that the fix gives, in seconds.'),
  persistent: z
    .array(z.string())
    .default([])
    .describe('Beginnings of keys that are meant to stay until something removes them.'),
});

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Entries of a cache that never expire.',
    promise: 'Everything that is cached expires',
    topics: ['cache ttl', 'ttl', 'cache expiry', 'setex', 'cache expiration'],
    subject: ['redis', 'valkey', 'keyv', 'setex'],
    references: [
      { title: 'Redis: SET', url: 'https://redis.io/docs/latest/commands/set/' },
      { title: 'Redis: EXPIRE', url: 'https://redis.io/docs/latest/commands/expire/' },
      {
        title: 'CWE-770: Allocation of Resources Without Limits or Throttling',
        url: 'https://cwe.mitre.org/data/definitions/770.html',
      },
    ],
    messages: {
      forever:
        '{key} is cached without an expiry: it is served however old it gets, and stays in memory for ever, with every other key that is made like it. Give it a time to live.',
    },
  },
  options,
  file: {
    collect: { CallExpression: { named: /^set$/, listen: (node, { header }) => collect(node, header) } },
    each(node, ctx) {
      if (preparesData(ctx.header.localPath)) return;
      const call = dataCall(node, ctx);
      if (call === undefined || call.node !== node || call.role !== 'client') return;
      if ((call.kind !== 'redis' && call.kind !== 'keyv') || expires(node, call.kind, ctx)) return;
      const key = cachedKey(node, ctx);
      if (key === undefined || ctx.options.persistent.some((start) => key.content.startsWith(start))) return;
      ctx.report(node, 'forever', { key: key.text });
    },
  },
  fixes: { forever: [addExpiry] },
});

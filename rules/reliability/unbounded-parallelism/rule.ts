import { z } from 'zod';
import { rule } from '#api';
import { isOutsideService } from '../../_shared/places.ts';
import { addLimit } from './addLimit.ts';
import { fanOutOf, mayWaitForList } from './fanOut.ts';
import { isOfAnyLength } from './lists.ts';
import { asks } from './requests.ts';

export const options = z.strictObject({
  concurrent: z.int().min(1).default(10).describe('How many requests the fix lets wait at a time.'),
});

/** What runs in a browser, which lets only a few requests wait by itself. */
function isPage(path: string, modules: ReadonlySet<string>): boolean {
  return (
    /\.[jt]sx$|\.(?:vue|svelte)$/.test(path) ||
    ['react', 'vue', 'svelte', '@angular/core'].some((name) => modules.has(name))
  );
}

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'Requests to others that all start at once, one for each element of a list of any length.',
    promise: 'Lists are worked through a few elements at a time',
    topics: ['p-limit', 'concurrency limit', 'Promise.all', 'unbounded concurrency', 'parallelism'],
    subject: ['Promise', 'all', 'allSettled', 'pLimit'],
    references: [
      {
        title: 'CWE-770: Allocation of Resources Without Limits or Throttling',
        url: 'https://cwe.mitre.org/data/definitions/770.html',
      },
      { title: 'p-limit', url: 'https://github.com/sindresorhus/p-limit' },
    ],
    messages: {
      all: '{list} may be of any length, and a request is sent for each element before the first is answered: a thousand of them run out of sockets, or are refused by whoever is asked. Let only some wait at a time.',
    },
  },
  options,
  file: {
    collect: {
      CallExpression: { named: /^all(?:Settled)?$/, listen: (node) => (mayWaitForList(node) ? node : undefined) },
    },
    each(all, ctx) {
      const { localPath, modules } = ctx.header;
      if (isOutsideService(localPath) || isPage(localPath, modules)) return;
      const fanOut = fanOutOf(all, ctx);
      if (fanOut === undefined || !isOfAnyLength(fanOut.list, ctx) || !asks(fanOut.work, ctx)) return;
      ctx.report(all, 'all', { list: fanOut.list.getText().replace(/\s+/g, ' ') });
    },
  },
  fixes: { all: [addLimit] },
});

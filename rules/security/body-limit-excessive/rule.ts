import { z } from 'zod';
import { type CollectContext, rule, type ts } from '#api';
import { settled } from '../../_shared/browser/constants.ts';
import { collectsAll, mayCollect } from './collected.ts';
import { lowerLimit } from './fix.ts';
import { amountOf, bytesOf, MOST_BYTES } from './limits.ts';
import { actionLimit, type Limit, limitsOf, mayBeParser, mayLimit } from './parsers.ts';

type Fact =
  | { readonly kind: 'parser'; readonly call: ts.CallExpression | ts.NewExpression }
  | { readonly kind: 'limit'; readonly limit: Limit }
  | { readonly kind: 'collected'; readonly call: ts.CallExpression };

const parser = (
  call: ts.CallExpression | ts.NewExpression,
  { header }: Pick<CollectContext<unknown>, 'header'>,
): Fact | undefined => (mayLimit(call, header) ? { kind: 'parser', call } : undefined);

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Bodies of requests that may be many megabytes, on every route.',
    promise: 'Bodies of requests have a small limit',
    topics: ['body limit', 'body parser limit', 'payload size', 'request size', 'bodyLimit', 'express.json'],
    subject: ['limit', 'bodyLimit', 'jsonLimit', 'json', 'urlencoded', 'bodyParser'],
    references: [
      {
        title: 'CWE-770: Allocation of Resources Without Limits or Throttling',
        url: 'https://cwe.mitre.org/data/definitions/770.html',
      },
      {
        title: 'OWASP: Denial of Service Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Denial_of_Service_Cheat_Sheet.html',
      },
      { title: 'Express: express.json', url: 'https://expressjs.com/en/api.html#express.json' },
    ],
    messages: {
      limit:
        'Every route takes bodies {amount}, which are held in memory and parsed before anything asks who sends them. Set what the largest honest body needs, and a higher limit on the one route that takes more.',
      unbounded:
        'All that a client sends is kept in memory here, however much it is. Count the bytes, and end the request with 413 when there are too many.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: (name) => name === 'on' || name === 'addListener' || mayBeParser(name),
        imported: true,
        listen: (call, ctx): Fact | undefined => (mayCollect(call) ? { kind: 'collected', call } : parser(call, ctx)),
      },
      NewExpression: { named: mayBeParser, imported: true, listen: parser },
      PropertyAssignment: {
        named: /^bodySizeLimit$/,
        listen: (property, { header }): Fact | undefined => {
          const limit = actionLimit(property, header);
          return limit && { kind: 'limit', limit };
        },
      },
    },
    each(fact, ctx) {
      if (fact.kind === 'collected') {
        if (collectsAll(fact.call, ctx)) ctx.report(fact.call.expression, 'unbounded');
        return;
      }
      const lookup = (name: ts.Identifier) => ctx.lookup(name);
      const limits =
        fact.kind === 'limit' ? [fact.limit] : limitsOf(fact.call, ctx.header, (node) => settled(node, lookup));
      for (const { property, value } of limits) {
        const bytes = bytesOf(value, lookup);
        if (bytes !== undefined && bytes > MOST_BYTES) ctx.report(property, 'limit', { amount: amountOf(bytes) });
      }
    },
  },
  fixes: { limit: [{ title: 'Take bodies of up to 1 MB', safety: 'suggest', edits: lowerLimit }] },
});

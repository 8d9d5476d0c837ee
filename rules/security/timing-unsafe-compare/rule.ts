import { z } from 'zod';
import { rule, type ts } from '#api';
import { compareInConstantTime } from './fix.ts';
import { leaked, mayCompareSecrets } from './sides.ts';

const FIX = [{ title: 'Compare in constant time', safety: 'safe', edits: compareInConstantTime }] as const;

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Signatures and secrets compared with === instead of in constant time.',
    promise: 'Signatures and secrets are compared in constant time',
    topics: ['timing attack', 'timingSafeEqual', 'constant time', 'webhook signature', 'signature verification'],
    subject: ['createHmac', 'timingSafeEqual', 'signature', 'hmac', 'secret', 'apiKey'],
    references: [
      {
        title: 'CWE-208: Observable Timing Discrepancy',
        url: 'https://cwe.mitre.org/data/definitions/208.html',
      },
      {
        title: 'Node.js: crypto.timingSafeEqual',
        url: 'https://nodejs.org/api/crypto.html#cryptotimingsafeequala-b',
      },
    ],
    messages: {
      signature:
        'This comparison ends at the first character that differs, and so tells a forger how far a signature was right. Use timingSafeEqual of node:crypto.',
      secret:
        'This comparison ends at the first character that differs, and so tells whoever guesses how far the secret was right. Use timingSafeEqual of node:crypto.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      BinaryExpression: {
        named: /^[!=]==?$/,
        listen: (node): ts.BinaryExpression | undefined => (mayCompareSecrets(node) ? node : undefined),
      },
    },
    each(node, ctx) {
      const what = leaked(node, ctx);
      if (what !== undefined) ctx.report(node, what);
    },
  },
  fixes: { signature: FIX, secret: FIX },
});

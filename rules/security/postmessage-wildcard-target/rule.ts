import { z } from 'zod';
import { rule, type ts } from '#api';
import { declareOrigin, nameOrigin } from './fixes.ts';
import { isMessage, kindOf, mayHaveNoOrigin, wildcardOf } from './messages.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Messages to other windows that any site may receive.',
    promise: 'Messages to other windows name the origin that may receive them',
    topics: ['postMessage', 'targetOrigin', 'target origin', 'wildcard origin', 'cross-window messages'],
    subject: ['postMessage'],
    references: [
      { title: 'MDN: postMessage', url: 'https://developer.mozilla.org/en-US/docs/Web/API/Window/postMessage' },
      { title: 'CWE-201', url: 'https://cwe.mitre.org/data/definitions/201.html' },
    ],
    messages: {
      wildcard:
        'Whatever site the other window shows by now gets this message, with the data in it. Name the origin that it is meant for.',
      signal: {
        text: 'Whatever site the other window shows by now gets this message. It holds no data yet; name the origin that it is meant for before it does.',
        priority: 'P3',
      },
      own: {
        text: 'Every script of this page can read this message, and so can a page that took its place. Name the own origin, and keep secrets out of it.',
        priority: 'P3',
      },
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: /^postMessage$/,
        listen: (node): ts.CallExpression | undefined => (isMessage(node) ? node : undefined),
      },
    },
    check(ctx) {
      for (const call of ctx.scope.all()) {
        const place = wildcardOf(call, (identifier) => ctx.lookup(identifier));
        const kind = place && kindOf(call, ctx.header, (identifier) => ctx.lookup(identifier));
        if (place === undefined || kind === undefined) continue;
        if (kind !== 'own' && mayHaveNoOrigin(call, ctx.file.text)) continue;
        ctx.report(place, kind);
      }
    },
  },
  fixes: {
    wildcard: [
      { title: 'Send to one origin only', safety: 'suggest', edits: nameOrigin },
      { title: 'Send to TARGET_ORIGIN only, which you fill in', safety: 'suggest', edits: declareOrigin },
    ],
    signal: [
      { title: 'Send to one origin only', safety: 'suggest', edits: nameOrigin },
      { title: 'Send to TARGET_ORIGIN only, which you fill in', safety: 'suggest', edits: declareOrigin },
    ],
    own: [{ title: 'Send to the own origin only', safety: 'suggest', edits: nameOrigin }],
  },
});

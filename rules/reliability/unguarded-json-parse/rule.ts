import { z } from 'zod';
import { rule, ts } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { isStartedByHand } from '../../_shared/places.ts';
import { answerInvalid, dropInvalid } from './catchInvalid.ts';
import { externalText } from './externalText.ts';
import { isGuarded } from './guarded.ts';

interface Parsing {
  readonly call: ts.CallExpression;
  readonly text: ts.Expression;
}

/** `storage.setItem(key, value)` */
interface Storing {
  readonly key: string;
}

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'JSON from outside that is parsed where nobody catches the error.',
    promise: 'Texts from outside that are no JSON are answered, not thrown',
    topics: ['JSON.parse', 'malformed JSON', 'invalid JSON', 'safe parse'],
    subject: ['JSON', 'parse'],
    references: [
      {
        title: 'MDN: JSON.parse(), Exceptions',
        url: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/JSON/parse#exceptions',
      },
      { title: 'CWE-248: Uncaught Exception', url: 'https://cwe.mitre.org/data/definitions/248.html' },
    ],
    messages: {
      request:
        '{text} is what a client sent: when it is no JSON, this throws, and the client is told that the server failed. Catch it and answer 400.',
      message:
        '{text} is what the other end sent: one message that is no JSON throws here, where nobody catches it, and may end the process. Catch it and drop the message.',
      storage:
        '{text} may hold anything, from an older version too: when it is no JSON, this throws on each visit until somebody clears the storage. Catch it and start anew.',
      env: 'When {text} is missing or no JSON, this throws an error that does not name the variable. Check it with the rest of the environment.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: /^(?:parse|setItem)$/,
        listen: (call, { header }): Parsing | Storing | undefined => {
          const member = memberCall(call);
          const [text] = call.arguments;
          if (member === undefined || text === undefined) return undefined;
          if (member.name === 'setItem') return { key: text.getText() };
          if (member.name !== 'parse' || ts.isStringLiteralLike(text) || isStartedByHand(header.localPath)) {
            return undefined;
          }
          return header.resolve(call.expression) === 'global#JSON.parse' && !isGuarded(call)
            ? { call, text }
            : undefined;
        },
      },
    },
    check(ctx) {
      const stored = new Set<string>();
      for (const fact of ctx.scope.all()) if ('key' in fact) stored.add(fact.key);
      for (const fact of ctx.scope.all()) {
        const found = 'key' in fact ? undefined : externalText(fact.text, ctx);
        if (found === undefined || 'key' in fact) continue;
        // What this file wrote itself.
        if (found.key !== undefined && stored.has(found.key)) continue;
        ctx.report(fact.call.expression, found.origin, { text: found.text });
      }
    },
  },
  fixes: { request: [answerInvalid], message: [dropInvalid] },
});

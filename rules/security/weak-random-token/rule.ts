import { z } from 'zod';
import { rule, ts } from '#api';
import { randomUuid } from './fix.ts';
import { secretMadeOf } from './taken.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Tokens, passwords and codes that are made of Math.random().',
    promise: 'Tokens and codes cannot be guessed',
    topics: ['Math.random', 'weak random', 'insecure randomness', 'token generation', 'secure random'],
    subject: ['token', 'password', 'otp', 'random', 'randomBytes', 'randomUUID'],
    references: [
      {
        title: 'CWE-338: Use of Cryptographically Weak Pseudo-Random Number Generator',
        url: 'https://cwe.mitre.org/data/definitions/338.html',
      },
      {
        title: 'MDN: Math.random()',
        url: 'https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Math/random',
      },
    ],
    messages: {
      weak: '{name} is made of Math.random(), whose next values can be computed from a few earlier ones. Use randomBytes, randomInt or randomUUID of node:crypto.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: /^random$/,
        listen: (call, { header }): ts.CallExpression | undefined => {
          const callee = call.expression;
          const isRandom = ts.isPropertyAccessExpression(callee) && callee.name.text === 'random';
          return isRandom && header.resolve(callee) === 'global#Math.random' ? call : undefined;
        },
      },
    },
    check(ctx) {
      const statements = new Set<ts.Node>();
      for (const call of ctx.scope.all()) {
        const name = secretMadeOf(call);
        const statement = ts.findAncestor(call, ts.isStatement);
        if (name === undefined || statement === undefined || statements.has(statement)) continue;
        statements.add(statement);
        ctx.report(call, 'weak', { name });
      }
    },
  },
  fixes: { weak: [{ title: 'Use crypto.randomUUID()', safety: 'suggest', edits: randomUuid }] },
});

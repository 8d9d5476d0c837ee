import { z } from 'zod';
import { rule, type ts } from '#api';
import { isInHelper, isOwner, mockIn } from './casts.ts';

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'Mocks of requests and responses that are cast until they fit.',
    promise: 'Mocks of requests and responses have types',
    appliesTo: 'tests',
    topics: ['untyped mock', 'as any in tests', 'typed mocks', 'mock request', 'mock response'],
    subject: ['mock', 'req', 'request', 'res', 'response'],
    references: [
      { title: 'TypeScript: any', url: 'https://www.typescriptlang.org/docs/handbook/2/everyday-types.html#any' },
      { title: 'node-mocks-http', url: 'https://github.com/eugef/node-mocks-http' },
    ],
    messages: {
      cast: 'The cast lets this mock differ from what handlers get, so the test goes on passing when the handler reads something else. Make the mock in one typed helper that all tests share.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      AsExpression(node, { header }): ts.AsExpression | undefined {
        return mockIn(node, header) === undefined ? undefined : node;
      },
    },
    each(cast, ctx) {
      if (!isInHelper(cast) && !isOwner(cast)) ctx.report(cast.type, 'cast');
    },
  },
});

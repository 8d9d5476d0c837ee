import { z } from 'zod';
import { rule } from '#api';
import { flagsInCommands } from './commands.ts';
import { settingsInData, settingsInObject } from './configs.ts';
import { remove } from './fix.ts';

const RUNS_JEST = ['jest', '@jest/core', 'jest-cli'];

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Test runners told to hide what tests leave running, or errors that nobody caught.',
    appliesTo: 'everywhere',
    topics: [
      'forceExit',
      'detectOpenHandles',
      'open handles',
      'dangerouslyIgnoreUnhandledErrors',
      'mocha exit',
      'leak detection',
      'resource leaks in tests',
    ],
    subject: ['jest', 'mocha', 'vitest'],
    references: [
      { title: 'Jest: forceExit', url: 'https://jestjs.io/docs/configuration#forceexit-boolean' },
      { title: 'Mocha: --exit', url: 'https://mochajs.org/#-exit' },
      {
        title: 'Vitest: dangerouslyIgnoreUnhandledErrors',
        url: 'https://vitest.dev/config/#dangerouslyignoreunhandlederrors',
      },
    ],
    messages: {
      forced:
        '{name} ends the run although something is still open, so nobody learns of servers, connections and timers that the code never closes. Remove it and close what keeps the run from ending.',
      ignored:
        'With {name} the tests pass although an error escaped that nobody caught, in the code or in a test. Remove it and handle the error it hides.',
      undetected: {
        text: '{name} keeps Jest from telling what is still open when the tests are done. Remove it.',
        priority: 'P2',
      },
    },
  },
  options: z.strictObject({}),
  node: {
    on: {
      ObjectLiteralExpression(node, ctx) {
        const runsJest = () => RUNS_JEST.some((name) => ctx.header.modules.has(name));
        for (const { property, name, effect } of settingsInObject(node, ctx.path, runsJest)) {
          ctx.report(property, effect, { name });
        }
      },
    },
  },
  documents: {
    languages: ['json', 'yaml'],
    check(ctx) {
      const { document, path } = ctx;
      if (document.language !== 'json' && document.language !== 'yaml') return;
      for (const { entry, effect } of settingsInData(path, document))
        ctx.report(entry.span, effect, { name: entry.key });
      for (const { span, name, effect } of flagsInCommands(path, document)) ctx.report(span, effect, { name });
    },
  },
  fixes: {
    // What is still open then keeps the run from ending, until somebody closes it.
    forced: [{ title: 'Remove {name}', safety: 'suggest', edits: remove }],
    ignored: [{ title: 'Remove {name}', safety: 'safe', edits: remove }],
    undetected: [{ title: 'Remove {name}', safety: 'safe', edits: remove }],
  },
});

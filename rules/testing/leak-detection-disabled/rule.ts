import { z } from 'zod';
import { rule } from '#api';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import { ConfigChains } from '../../_shared/testing/configs/configChains.ts';
import { runnerConfigFacet } from '../../_shared/testing/configs/configFacet.ts';
import { fromSource } from '../../_shared/testing/setting.ts';
import { flagsInCommands } from './commands.ts';
import { remove } from './fix.ts';
import { RUNS, SWITCHES, switchesIn } from './switches.ts';

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
  file: {
    // Options handed to a runner by code.
    collect: {
      CallExpression: {
        named: /^(?:runCLI|startVitest|createVitest)$/,
        imported: true,
        listen: (call, { header }) => (RUNS.has(header.resolve(call.expression) ?? '') ? call : undefined),
      },
    },
    each(call, ctx) {
      const runner = RUNS.get(ctx.header.resolve(call.expression) ?? '');
      for (const argument of runner === undefined ? [] : call.arguments) {
        const options = fromSource(argument, (name) => ctx.lookup(name));
        for (const { place, name, effect } of switchesIn(options, runner ?? 'Jest'))
          ctx.report(place, effect, { name });
      }
    },
  },
  project: {
    facets: [runnerConfigFacet, packageFacet],
    check(ctx) {
      const chains = new ConfigChains(ctx);
      const reported = new Set<string>();
      for (const root of chains.roots) {
        for (const { runner, under, name, value, effect } of SWITCHES) {
          if (runner !== root.runner) continue;
          for (const { path, setting } of chains.settings(root, ...under, name)) {
            // A base that several configurations keep is reported once.
            const key = `${path} ${setting.at}`;
            if (setting.value !== value || reported.has(key)) continue;
            reported.add(key);
            ctx.report({ path, facet: runnerConfigFacet, anchor: setting.at }, effect, { name });
          }
        }
      }
    },
  },
  documents: {
    languages: ['json', 'yaml'],
    check(ctx) {
      const { document, path } = ctx;
      if (document.language !== 'json' && document.language !== 'yaml') return;
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

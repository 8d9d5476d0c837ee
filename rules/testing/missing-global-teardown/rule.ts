import { z } from 'zod';
import { type ProjectContext, rule } from '#api';
import { connectionFacet } from '../../_shared/testing/connections/connectionFacet.ts';
import { addHookBehind, addTeardownFile, returnTeardown } from './addTeardown.ts';
import { type ConfigFacts, configFacet } from './configFacet.ts';
import { closedByHooks, leftOpen } from './leftOpen.ts';
import { preparedFile } from './preparedFile.ts';

type Context = ProjectContext<'once' | 'each', unknown>;

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    appliesTo: 'everywhere',
    summary: 'Test runners that open connections before the tests and close nothing after them.',
    promise: 'What is opened before all tests is closed after them',
    topics: ['global teardown', 'globalTeardown', 'globalSetup', 'open handles', 'test suite hangs', 'test teardown'],
    subject: ['globalSetup', 'globalTeardown', 'setupFiles', 'setupFilesAfterEnv', 'teardown'],
    references: [
      { title: 'Jest: globalTeardown', url: 'https://jestjs.io/docs/configuration#globalteardown-string' },
      { title: 'Vitest: globalSetup', url: 'https://vitest.dev/config/#globalsetup' },
      { title: 'CWE-772: Missing Release of Resource', url: 'https://cwe.mitre.org/data/definitions/772.html' },
    ],
    messages: {
      once: '{file} runs before all tests and connects to {target} with {name}, and nothing closes that: there is no global teardown, and no hook of the suite closes anything. The run hangs when the tests are done, or is ended by force. Close it in a teardown.',
      each: '{file} runs for every file of tests and connects to {target} with {name}, and no hook of the suite closes anything. Each file adds a connection until the database takes no more, and the run hangs at the end. Close it in an after hook there.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [configFacet, connectionFacet],
    check(ctx) {
      const isClosed = closedByHooks(ctx);
      for (const { path, value } of ctx.all(configFacet)) {
        for (const config of value) if (!mayTearDown(path, config, ctx)) report(path, config, isClosed, ctx);
      }
    },
  },
  fixes: {
    once: [
      { title: 'Return a teardown that closes {name}', safety: 'suggest', edits: returnTeardown },
      { title: 'Create a global teardown that closes {name}', safety: 'suggest', edits: addTeardownFile },
    ],
    each: [{ title: 'Close {name} in an after hook of {file}', safety: 'suggest', edits: addHookBehind }],
  },
});

/** Something runs after the tests, or may do so in a base that is not seen whole. */
function mayTearDown(path: string, { mayTearDown: own, imports }: ConfigFacts, ctx: Context): boolean {
  return (
    own ||
    imports.some((specifier) => {
      const target = ctx.resolveImport(path, specifier);
      const base = target === undefined ? undefined : ctx.get(target, configFacet);
      return base === undefined || base.some((one) => one.mayTearDown || one.imports.length > 0);
    })
  );
}

/** Reports the first file of preparations that leaves something open: one finding for each configuration. */
function report(path: string, config: ConfigFacts, isClosed: (path: string) => boolean, ctx: Context): void {
  for (const { setting, file, at } of config.prepares) {
    const prepared = preparedFile(path, config, file, ctx);
    const open = prepared === undefined || isClosed(prepared) ? undefined : leftOpen(prepared, ctx);
    if (prepared === undefined || open === undefined) continue;
    const message = setting === 'globalSetup' || config.runner === 'Mocha' ? 'once' : 'each';
    const { name, target, close = '', closes } = open;
    const data = { file: localPathOf(prepared, ctx), name, target, runner: config.runner, setting, close, closes };
    ctx.report({ path, facet: configFacet, anchor: at }, message, data, [
      { path: prepared, facet: connectionFacet, anchor: open.anchor, label: 'Opened here' },
    ]);
    return;
  }
}

function localPathOf(path: string, { root }: Context): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

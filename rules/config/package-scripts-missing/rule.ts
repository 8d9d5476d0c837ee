import { z } from 'zod';
import { rule } from '#api';
import { BESIDE_PROGRAM, inFolders } from '../../_shared/places.ts';
import { addBehindName, addScript } from './fix.ts';
import { idleTools, testToolOf } from './idleTools.ts';
import { packageView } from './packageView.ts';
import { isService } from './services.ts';

/** What `npm init` writes. */
const STUB = /^\s*echo\s+\\?["']?Error: no test specified/;
/** Folders with packages that nobody ships. */
const ASIDE = inFolders(...BESIDE_PROGRAM);

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary:
      'Packages without the scripts for the tools they have, with the placeholder for tests, or open to be published.',
    promise: 'Every package can be started, linted and tested by its scripts',
    appliesTo: 'everywhere',
    topics: [
      'npm scripts',
      'package scripts',
      'no test specified',
      'lint script',
      'test script',
      'start script',
      'engines field',
    ],
    subject: ['scripts'],
    references: [
      { title: 'npm: package.json', url: 'https://docs.npmjs.com/cli/configuring-npm/package-json' },
      { title: 'npm: scripts', url: 'https://docs.npmjs.com/cli/using-npm/scripts' },
    ],
    messages: {
      stub: {
        text: 'npm test is the placeholder that npm init writes: it fails whatever the code does, so nobody can let it decide about a release. Run the tests here.',
        priority: 'P0',
      },
      idle: '{tool} is installed and no script runs it, so everybody runs it in another way or not at all. Add a script "{script}".',
      start: {
        text: 'There is a script for developing and none that starts the service in production, so everybody who deploys it has to find out how. Add a script "start".',
        priority: 'P3',
      },
      engines: {
        text: 'This file does not say which lines of Node the service is made for, so it is installed and started on any. Add "engines".',
        priority: 'P3',
      },
      publishable:
        'Without "private" and without a licence, npm publish puts this package out for everybody, and nobody may use it. Add "private": true, or a licence.',
    },
  },
  options: z.strictObject({}),
  documents: {
    languages: ['json'],
    matches: (path) => path.endsWith('/package.json') && !ASIDE.test(path),
    check({ document, localPath, report }) {
      const view = document.language === 'json' ? packageView(document) : undefined;
      if (view === undefined) return;
      const stub = view.scriptEntries.find(({ key }) => key === 'test' && STUB.test(view.scripts.get('test') ?? ''));
      if (stub !== undefined) report(stub.span, 'stub');
      if (!view.isPrivate && !view.hasLicence) report(view.name.span, 'publishable');
      // In a workspace the scripts of the root may do it for all members.
      if (localPath !== '/package.json') return;
      for (const { package: tool, script } of idleTools(view)) {
        report(view.installed.get(tool)?.span ?? view.name.span, 'idle', { tool, script });
      }
      if (!isService(view)) return;
      const names = [...view.scripts.keys()];
      if (
        names.some((name) => /^dev\b|^start:dev/.test(name)) &&
        !names.some((name) => /^(?:start|serve|prod)/.test(name.replace(/^start:dev.*/, '')))
      ) {
        report(view.name.span, 'start');
      }
      if (!view.hasEngines) report(view.name.span, 'engines');
    },
  },
  fixes: {
    stub: [
      {
        title: 'Run the installed test runner',
        safety: 'suggest',
        edits(ctx, finding) {
          const view = ctx.document.language === 'json' ? packageView(ctx.document) : undefined;
          const tool = view && testToolOf(view);
          return tool && [ctx.replace(finding, `"test": "${tool.command}"`)];
        },
      },
    ],
    idle: [
      {
        title: 'Add a script "{script}"',
        safety: 'suggest',
        edits(ctx) {
          const view = ctx.document.language === 'json' ? packageView(ctx.document) : undefined;
          const tool = view && idleTools(view).find((one) => one.package === ctx.data['tool']);
          return tool && addScript(ctx, tool.script, tool.command);
        },
      },
    ],
    publishable: [
      { title: 'Add "private": true', safety: 'suggest', edits: (ctx) => addBehindName(ctx, '"private": true') },
    ],
  },
});

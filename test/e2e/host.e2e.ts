/** Runs the suites in the extension host of a real VS Code. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../scripts/vscode/browser.ts';
import { bundleSuite } from './host/bundle.ts';
import { runDesktop } from './host/desktopHost.ts';
import type { Scenario } from './host/scenario.ts';
import { runServed } from './host/servedHost.ts';

const scenarios: readonly Scenario[] = [
  { suite: 'folder', workspace: 'service' },
  { suite: 'checklist', workspace: 'checklist' },
  {
    suite: 'git',
    workspace: 'checklist',
    settings: { 'git.enabled': true, 'git.openRepositoryInParentFolders': 'never' },
  },
  { suite: 'multiRoot', workspace: 'multi', open: 'all.code-workspace' },
  { suite: 'untrusted', workspace: 'untrusted', trusted: false },
];

/** A desktop VS Code instead of the served one: the path of its program, or `download`. */
const desktop = process.env['AIRWORTHY_VSCODE'];
let browser: Browser | undefined;

before(async () => {
  if (!desktop) browser = await launchBrowser();
});
after(async () => await browser?.close());

/** The failure as it was inside VS Code; the stack on this side says nothing. */
function failure(stack: string): Error {
  return Object.assign(new Error(stack.split('\n', 1)[0]), { stack });
}

for (const scenario of scenarios) {
  test(`VS Code, ${scenario.suite}`, async (t) => {
    const tests = await bundleSuite(scenario.suite);
    const result =
      desktop || !browser
        ? await runDesktop(desktop ?? '', scenario, tests)
        : await runServed(browser, scenario, tests);
    for (const report of result.reports) {
      if (report.kind === 'measure') t.diagnostic(report.text);
      if (report.kind !== 'test') continue;
      await t.test(`${report.title} (${report.ms} ms)`, () => {
        if (report.error) throw failure(report.error);
      });
    }
    assert.equal(result.trouble, undefined);
    assert.ok(
      result.reports.some((report) => report.kind === 'end'),
      'the suite reported its end',
    );
    await t.test('leaves no unhandled rejection in the log of the extension host', () => {
      const lines = result.hostLog.split('\n').filter((line) => /rejected promise|unhandled/i.test(line));
      assert.deepEqual(lines, []);
    });
    await t.test('asks nothing outside this machine', () => assert.deepEqual([...new Set(result.refused)], []));
  });
}

/** The checklist of the example service: seen, ticked, filtered, followed to the code, and its gate run. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import {
  activeTab,
  checkbox,
  command,
  dialog,
  hoverBox,
  hoverText,
  inputBox,
  openView,
  preview,
  treeRow,
  widenSidebar,
} from '../../../scripts/vscode/workbench.ts';
import type { Walk } from './walk.ts';

const PROMISE = 'No environment switch opens a door';
const OPEN = 'Embedded frames stay';
const TYPED = 'Numbers and dates are sorted';
const HUMAN = 'The harbour master has signed';
const GATED = 'Coverage is at least';

export async function walkChecklist({ page, workspace, picture }: Walk): Promise<void> {
  const path = join(workspace, 'docs/READINESS.md');
  await command(page, 'View: Close All Editors');
  await openView(page, 'Airworthy');
  await treeRow(page, PROMISE).filter({ hasText: 'Contradicted' }).waitFor();
  await page
    .locator('.statusbar-item')
    .filter({ hasText: /analy[sz]ing/i })
    .waitFor({ state: 'detached' });
  // The type checker's findings come last; a click on a row that is just being drawn anew would be lost.
  await treeRow(page, TYPED).filter({ hasText: 'Contradicted' }).waitFor();
  await widenSidebar(page, 200);
  await picture('checklist');

  // A box writes the Markdown, and nothing else in it.
  const before = readFileSync(path);
  await checkbox(treeRow(page, HUMAN)).click();
  await until(() => !readFileSync(path).equals(before));
  assert.equal(readFileSync(path, 'utf8'), before.toString().replace(`- [ ] ${HUMAN}`, `- [x] ${HUMAN}`));
  await checkbox(treeRow(page, HUMAN)).click();
  await until(() => readFileSync(path).equals(before));

  await filter(page);

  // In the editor a broken promise is underlined, and every item says what speaks against it.
  await treeRow(page, PROMISE).click();
  await activeTab(page, 'READINESS.md').waitFor();
  await page.locator('.codelens-decoration').filter({ hasText: 'findings' }).first().waitFor();
  await hoverText(page, OPEN);
  await hoverBox(page)
    .filter({ hasText: /iframe-sandbox-escape: \d+ findings/ })
    .first()
    .waitFor();
  await hoverBox(page)
    .filter({ hasText: /Loading\.\.\./ })
    .waitFor({ state: 'detached' });
  await picture('checklist-markdown');
  await page.keyboard.press('Escape');

  // The command of a gate is shown before it runs.
  await treeRow(page, GATED).hover();
  await treeRow(page, GATED).locator('.action-label[aria-label^="Run Gate"]').click();
  await dialog(page).filter({ hasText: 'npm test -- --coverage' }).waitFor();
  await dialog(page).getByRole('button', { name: 'Run', exact: true }).click();
  await treeRow(page, GATED).filter({ hasText: 'Contradicted' }).waitFor();
  await command(page, 'View: Toggle Panel Visibility');

  await command(page, 'Airworthy: Open Readiness Report');
  await preview(page).getByText(PROMISE).first().waitFor();
}

async function filter(page: Page): Promise<void> {
  await command(page, 'Airworthy Checklist: Filter by Text…');
  await inputBox(page).fill('door');
  await page.keyboard.press('Enter');
  await treeRow(page, HUMAN).waitFor({ state: 'detached' });
  await treeRow(page, PROMISE).waitFor();
  await page.locator('.tree-explorer-viewlet-tree-view .message').filter({ hasText: '1 of 13 items' }).waitFor();
  await command(page, 'Airworthy Checklist: Clear Filter');
  await treeRow(page, HUMAN).waitFor();
}

/** Polls a condition that no element shows, for ten seconds. */
async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !condition(); ) {
    if (Date.now() > end) throw new Error(`waited in vain: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The checklist of the example service: seen, ticked, filtered, followed to the code, and its gate run. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import {
  activeTab,
  chooseByKeys,
  chooseFromMenu,
  command,
  dialog,
  hoverBox,
  hoverText,
  inputBox,
  inputMessage,
  inputRow,
  lines,
  openView,
  preview,
  tick,
  treeRow,
  treeRows,
  widenSidebar,
} from '../../../scripts/vscode/workbench.ts';
import type { Walk } from './walk.ts';

const PROMISE = 'No environment switch opens a door';
const OPEN = 'Embedded frames stay';
const TYPED = 'Numbers and dates are sorted';
const HANDLERS = 'Handlers declared';
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

  await withoutMouse(page, path);

  // A box writes the Markdown, and nothing else in it.
  const before = readFileSync(path);
  await tick(treeRow(page, HUMAN));
  await until(() => !readFileSync(path).equals(before));
  assert.equal(readFileSync(path, 'utf8'), before.toString().replace(`- [ ] ${HUMAN}`, `- [x] ${HUMAN}`));
  await tick(treeRow(page, HUMAN));
  await until(() => readFileSync(path).equals(before));

  await filter(page);
  await arrange(page, picture);

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

  await waive({ page, path, picture });

  await command(page, 'Airworthy: Open Readiness Report');
  await preview(page).getByText(PROMISE).first().waitFor();
  // In the colours of the editor: light on dark or dark on light, as the tree beside it.
  const isDark = `getComputedStyle(document.body).backgroundColor.match(/\\d+/g).every((part) => Number(part) < 128)`;
  const reported = await preview(page).locator('body').evaluate(isDark);
  assert.equal(
    reported,
    await page
      .locator('.monaco-workbench')
      .evaluate(`document.querySelector('.monaco-workbench').classList.contains('vs-dark')`),
  );
  await picture('report-in-editor');
}

/** What the tree says to those who do not see it, and does for those who only have keys. */
async function withoutMouse(page: Page, path: string): Promise<void> {
  assert.match(
    (await treeRow(page, PROMISE).getAttribute('aria-label')) ?? '',
    /^No environment switch opens a door, Contradicted, blocker, P0, \d+ findings, ticked, Marked as done/,
  );
  const before = readFileSync(path);
  await command(page, 'Airworthy: Focus on Checklist View');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await page.locator('.sidebar .monaco-list-row.focused').filter({ hasText: HUMAN }).waitFor();
  await chooseByKeys(page, 'Mark as Done');
  await until(() => !readFileSync(path).equals(before));
  await treeRow(page, HUMAN)
    .filter({ has: page.locator('[aria-checked="true"]') })
    .waitFor();
  await chooseByKeys(page, 'Mark as Open');
  await until(() => readFileSync(path).equals(before));
  await page.keyboard.press('Enter');
  await activeTab(page, 'READINESS.md').waitFor();
  await lines(page).filter({ hasText: HUMAN }).waitFor();
  await command(page, 'View: Close All Editors');
  await activeTab(page, 'READINESS.md').waitFor({ state: 'detached' });
}

/** Sorts and groups the tree; a question that is dismissed changes nothing. */
async function arrange(page: Page, picture: Walk['picture']): Promise<void> {
  const inOrder = (first: string, second: string) => async (): Promise<boolean> => {
    const rows = await treeRows(page).allInnerTexts();
    const [a, b] = [first, second].map((title) => rows.findIndex((row) => row.includes(title)));
    return a !== undefined && b !== undefined && a >= 0 && a < b;
  };
  await until(inOrder(HANDLERS, TYPED));
  const sort = 'Airworthy Checklist: Sort…';

  await command(page, sort);
  await inputRow(page, 'As written').filter({ hasText: 'now' }).waitFor();
  await inputRow(page, 'What needs somebody first').waitFor();
  await picture('sort');
  await page.keyboard.press('Escape');
  await inputBox(page).waitFor({ state: 'hidden' });
  assert.ok(await inOrder(HANDLERS, TYPED)());

  await command(page, sort);
  await inputRow(page, 'What needs somebody first').click();
  await until(inOrder(TYPED, HANDLERS));
  await command(page, sort);
  await inputRow(page, 'What needs somebody first').filter({ hasText: 'now' }).waitFor();
  await inputRow(page, 'As written').click();
  await until(inOrder(HANDLERS, TYPED));

  await command(page, 'Airworthy Checklist: Group by…');
  await inputRow(page, 'Verdict').click();
  await treeRow(page, 'Not checkable').waitFor();
  await command(page, 'Airworthy Checklist: Group by…');
  await inputRow(page, 'Document and section').click();
  await treeRow(page, 'READINESS.md').waitFor();
}

/** Waives an item with its menu: three questions, each of which says what is wrong with an answer. */
async function waive({ page, path, picture }: { page: Page; path: string; picture: Walk['picture'] }): Promise<void> {
  const before = readFileSync(path, 'utf8');
  const ask = async (): Promise<void> => {
    await chooseFromMenu(page, treeRow(page, OPEN), 'Waive…');
    await inputMessage(page).filter({ hasText: '1 of 3' }).waitFor();
  };
  const says = (message: string): Promise<void> => inputMessage(page).filter({ hasText: message }).waitFor();

  await ask();
  await page.keyboard.press('Enter');
  await says('A reason is needed');
  await inputBox(page).fill('   ');
  await page.keyboard.press('Enter');
  await says('A reason is needed');
  await inputBox(page).fill('frames come in spring');
  await page.keyboard.press('Enter');
  await says('2 of 3');
  await page.keyboard.press('Escape');
  await inputBox(page).waitFor({ state: 'hidden' });
  assert.equal(readFileSync(path, 'utf8'), before, 'a question that is dismissed writes nothing');

  await ask();
  await inputBox(page).fill('only partners see these frames');
  await page.keyboard.press('Enter');
  await says('2 of 3');
  await inputBox(page).fill('the harbour office');
  await page.keyboard.press('Enter');
  await says('A name such as @ada');
  await inputBox(page).fill('@ines');
  await page.keyboard.press('Enter');
  await says('3 of 3');
  await inputBox(page).fill('2999-02-30');
  await page.keyboard.press('Enter');
  await says('A day such as');
  await picture('waive');
  await inputBox(page).fill('2999-03-01');
  await page.keyboard.press('Enter');
  await treeRow(page, OPEN).filter({ hasText: 'Waived' }).waitFor();
  // The document is open: what was written waits there to be saved or undone.
  await command(page, 'File: Save All Files');
  const waiver = '<!-- airworthy: waived until 2999-03-01 by @ines: only partners see these frames -->';
  await until(() => readFileSync(path, 'utf8').includes(waiver));
  assert.equal(readFileSync(path, 'utf8').replace(new RegExp(`\\s*${waiver}`), ''), before, 'nothing but the waiver');
}

async function filter(page: Page): Promise<void> {
  await command(page, 'Airworthy Checklist: Filter by Priority or Verdict…');
  await inputRow(page, 'Contradicted').click();
  await page.keyboard.press('Enter');
  await treeRow(page, HUMAN).waitFor({ state: 'detached' });
  await treeRow(page, PROMISE).waitFor();
  await page.locator('.tree-explorer-viewlet-tree-view .message').filter({ hasText: 'contradicted' }).waitFor();
  await command(page, 'Airworthy Checklist: Clear Filter');
  await treeRow(page, HUMAN).waitFor();

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
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; !(await condition()); ) {
    if (Date.now() > end) throw new Error(`waited in vain: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

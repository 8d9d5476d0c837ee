/** A first hour with Airworthy in VS Code, with mouse and keyboard, in the example service. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import {
  activationTime,
  command,
  hoverBox,
  hoverText,
  inputBox,
  inputMessage,
  languageStatus,
  lines,
  moveCaret,
  openFile,
  openFixMenu,
  preview,
  problemRows,
  ready,
  savedTab,
  squiggles,
} from '../../../scripts/vscode/workbench.ts';
import { walkChecklist } from './checklist.ts';

/** The condition of `requireRole.ts` that lets everybody pass while a variable is set. */
const BYPASS = "process.env.SKIP_PERMISSION_CHECKS === '1'";

export interface Walk {
  readonly page: Page;
  /** The copy of the example service that is open. */
  readonly workspace: string;
  /** Takes a picture of the window. */
  readonly picture: (name: string) => Promise<unknown>;
  /** Takes down a figure that nothing judges. */
  readonly measure: (text: string) => void;
}

export async function walk({ page, workspace, picture, measure }: Walk): Promise<void> {
  await ready(page);

  // A finding is there as soon as the file is.
  let start = performance.now();
  await openFile(page, 'requireRole.ts');
  const shown = performance.now();
  await squiggles(page, 'error').first().waitFor();
  const squiggle = performance.now();
  // While the editor starts, most of the time until the file is shown is its own.
  measure(`first file shown ${(shown - start).toFixed(0)} ms after it was asked for`);
  measure(`first squiggle ${(squiggle - shown).toFixed(0)} ms after that`);
  await picture('squiggle');

  await page
    .locator('.statusbar-item')
    .filter({ hasText: /analy[sz]ing|initializing/i })
    .waitFor({ state: 'detached' });
  await hoverText(page, 'SKIP_PERMISSION_CHECKS');
  await hoverBox(page).filter({ hasText: 'env-auth-bypass' }).first().waitFor();
  await hoverBox(page).getByText('Quick Fix...').waitFor();
  await hoverBox(page)
    .filter({ hasText: /Loading\.\.\./ })
    .waitFor({ state: 'detached' });
  await picture('hover');
  await page.keyboard.press('Escape');

  // The light bulb offers the fix; the finding goes with it.
  await caretOn(page, join(workspace, 'src/middleware/requireRole.ts'), BYPASS);
  const fix = await openFixMenu(page, 'mouse', 'Take SKIP_PERMISSION_CHECKS out');
  await picture('quick-fix');
  start = performance.now();
  await fix.click();
  await lines(page).filter({ hasText: BYPASS }).waitFor({ state: 'detached' });
  await squiggles(page, 'error').first().waitFor({ state: 'detached' });
  measure(`squiggle gone ${(performance.now() - start).toFixed(0)} ms after the fix`);
  await page.keyboard.press('Control+S');
  await savedTab(page).waitFor();
  await picture('fixed');

  // Files that are not open have their findings in the panel.
  await command(page, 'Problems: Focus on Problems View');
  await problemRows(page).filter({ hasText: 'airworthy' }).first().waitFor();
  await picture('problems');
  await command(page, 'View: Toggle Panel Visibility');
  await problemRows(page).first().waitFor({ state: 'hidden' });

  // A finding can be accepted, with a reason that is not blank.
  await openFile(page, 'mapFrame.ts');
  start = performance.now();
  await squiggles(page, 'error').first().waitFor();
  measure(`next file: squiggle ${(performance.now() - start).toFixed(0)} ms after it was shown`);
  await caretOn(page, join(workspace, 'admin/mapFrame.ts'), 'allow-same-origin');
  await (await openFixMenu(page, 'keyboard', 'on this line, with a reason')).click();
  await inputBox(page).waitFor();
  await page.keyboard.press('Enter');
  await inputMessage(page).filter({ hasText: 'A reason is needed' }).waitFor();
  await inputBox(page).fill('the map is served from its own domain');
  await inputMessage(page).filter({ hasText: 'The reason is written into the comment' }).waitFor();
  await picture('suppress');
  await page.keyboard.press('Enter');
  await lines(page).filter({ hasText: 'the map is served from its own domain' }).waitFor();
  await squiggles(page, 'error').first().waitFor({ state: 'detached' });
  await page.keyboard.press('Control+S');
  await savedTab(page).waitFor();

  // How things stand.
  await languageStatus(page).hover();
  await page.locator('.hover-language-status').filter({ hasText: 'Airworthy' }).waitFor();
  await picture('status');

  // The page of a rule, from the package.
  await openFile(page, 'requireRole.ts');
  await command(page, 'Airworthy: Open Rule Page');
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'iframe-sandbox-escape' }).click();
  await page.locator('.tab.active').filter({ hasText: 'iframe-sandbox-escape' }).waitFor();
  await preview(page).getByText('allow-same-origin').first().waitFor();
  await picture('rule-page');

  await walkChecklist({ page, workspace, picture, measure });

  measure(`activation ${await activationTime(page, 'Airworthy')} ms`);
}

/** Puts the caret into the first place of this text in the open file, which is saved. */
async function caretOn(page: Page, file: string, text: string): Promise<void> {
  const before = readFileSync(file, 'utf8').split(text, 1)[0] ?? '';
  const column = before.length - before.lastIndexOf('\n');
  await moveCaret(page, before.split('\n').length, column + 1);
}

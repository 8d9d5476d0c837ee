/**
 * Gestures in the workbench, as a person makes them. Nothing here sleeps: every step waits for what it causes.
 */
import type { FrameLocator, Locator, Page } from 'playwright-core';

const EDITOR = '.editor-instance .monaco-editor';
const QUICK_INPUT = '.quick-input-widget:not([style*="display: none"]) .quick-input-box input';
const QUICK_ROW = '.quick-input-list .monaco-list-row';

export const lines = (page: Page): Locator => page.locator(`${EDITOR} .view-lines .view-line`);
export const squiggles = (page: Page, kind: 'error' | 'warning' | 'info' | 'hint'): Locator =>
  page.locator(`${EDITOR} .squiggly-${kind}`);
export const hoverBox = (page: Page): Locator => page.locator('.monaco-editor .monaco-hover:not(.hidden)');
/**
 * The light bulb of a line with a fix; one that offers refactorings alone may still stand where the caret was before. Drawn
 * in the text where the line has room, else beside it; the other one stays in the page, hidden.
 */
const fixBulb = (page: Page): Locator =>
  page.locator(
    `${EDITOR} .lightBulbWidget[class*="autofix"]:visible, ${EDITOR} [class*="codicon-gutter-lightbulb"][class*="auto-fix"]:visible`,
  );
const actionRows = (page: Page): Locator => page.locator('.action-widget .monaco-list-row.action');
export const problemRows = (page: Page): Locator => page.locator('.markers-panel .monaco-list-row');
export const notifications = (page: Page): Locator =>
  page.locator('.notification-toast .notification-list-item-message');
export const activeTab = (page: Page, name: string): Locator =>
  page.locator(`.tab.active[data-resource-name="${name}"]`);
export const savedTab = (page: Page): Locator => page.locator('.tab.active:not(.dirty)');

/** Waits until the workbench is painted and lists the folder, 5 to 6 s after opening. */
export async function ready(page: Page): Promise<void> {
  await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
}

/**
 * Opens the quick input and fills it, as one repeated step: keys sent before the workbench has the focus are lost, and a
 * view that takes the focus late closes the box again.
 */
async function quickInput(page: Page, text: string): Promise<void> {
  const input = page.locator(QUICK_INPUT);
  for (let attempt = 1; ; attempt++) {
    await page.keyboard.press('F1');
    try {
      await input.fill(text, { timeout: 2000 });
      await page.locator(QUICK_ROW).first().waitFor({ timeout: 2000 });
      return;
    } catch (error) {
      if (attempt === 10) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** Runs a command by its title in the palette, e.g. `Airworthy: Show Output`. */
export async function command(page: Page, title: string): Promise<void> {
  await quickInput(page, `>${title}`);
  await page.locator(QUICK_ROW).filter({ hasText: title }).first().click();
}

/** Opens a file of the workspace by its name. */
export async function openFile(page: Page, name: string): Promise<void> {
  await quickInput(page, name);
  await page.locator(QUICK_ROW).filter({ hasText: name }).first().click();
  await activeTab(page, name).waitFor();
  await lines(page).first().waitFor();
}

/** Puts the caret at a line and column, both from 1. */
export async function moveCaret(page: Page, line: number, column: number): Promise<void> {
  await quickInput(page, `:${line}:${column}`);
  await page.keyboard.press('Enter');
}

/**
 * Opens the menu of fixes for the line of the caret, as one repeated step: while VS Code asks anew what can be fixed, a
 * click or key that comes then opens nothing, or a menu that goes away again.
 */
export async function openFixMenu(page: Page, by: 'mouse' | 'keyboard', row: string): Promise<Locator> {
  const rows = actionRows(page).filter({ hasText: row });
  for (let attempt = 1; ; attempt++) {
    try {
      await fixBulb(page).first().waitFor({ timeout: 5000 });
      if (by === 'mouse') await fixBulb(page).first().click({ timeout: 2000 });
      else await page.keyboard.press('Control+Period');
      await rows.first().waitFor({ timeout: 5000 });
      return rows.first();
    } catch (error) {
      if (attempt === 5) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** Moves the mouse over the first place where the editor shows this text. */
export async function hoverText(page: Page, text: string): Promise<void> {
  // A string, because it runs in the page: its globals are not this program's.
  const place = (await page.evaluate(`(() => {
    const root = document.querySelector(${JSON.stringify(`${EDITOR} .view-lines`)});
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.replaceAll('\\u00a0', ' ').indexOf(${JSON.stringify(text)});
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + ${text.length});
      const box = range.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }
  })()`)) as { x: number; y: number } | undefined;
  if (!place) throw new Error(`The editor shows no "${text}" in one piece.`);
  await page.mouse.move(place.x - 3, place.y);
  await page.mouse.move(place.x, place.y, { steps: 4 });
}

/** Opens a view container by its title in the activity bar; its label goes on with what its badge says. */
export async function openView(page: Page, title: string): Promise<void> {
  const label = page.locator(`a.action-label[aria-label^="${title}"]`);
  await page.locator('.activitybar .action-item').filter({ has: label }).click();
}

/** A row of a tree view in the sidebar. */
export const treeRow = (page: Page, text: string): Locator =>
  page.locator('.sidebar .tree-explorer-viewlet-tree-view .monaco-list-row').filter({ hasText: text }).first();
/** All rows in sight, from the top. */
export const treeRows = (page: Page): Locator =>
  page.locator('.sidebar .tree-explorer-viewlet-tree-view .monaco-list-row');
export const checkbox = (row: Locator): Locator => row.locator('.custom-view-tree-node-item-checkbox');

/** Ticks a box that is not just being drawn anew with its row: the click would go to what is gone by then. */
export async function tick(row: Locator): Promise<void> {
  const box = checkbox(row);
  for (let looks = 0; looks < 25; looks++) {
    const before = await box.elementHandle();
    await row.page().waitForTimeout(400);
    if (await box.evaluate((element, old) => element === old, before)) {
      await box.click();
      return;
    }
  }
  throw new Error('The row of a box was drawn anew for ten seconds');
}

/** Drags the border of the sidebar by so many pixels. */
export async function widenSidebar(page: Page, pixels: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (!box) throw new Error('There is no sidebar.');
  const edge = { x: box.x + box.width + 2, y: box.y + box.height / 2 };
  await page.mouse.move(edge.x, edge.y);
  await page.mouse.down();
  await page.mouse.move(edge.x + pixels, edge.y, { steps: 5 });
  await page.mouse.up();
  // Out of its way: under the mouse the border is drawn in another colour.
  await page.mouse.move(edge.x + pixels + 300, edge.y);
}

/** A question that has to be answered before anything else. */
export const dialog = (page: Page): Locator => page.locator('.monaco-dialog-box');

/** The box in which an extension asks for a text, and what it says about the text. */
export const inputBox = (page: Page): Locator => page.locator(QUICK_INPUT);
export const inputMessage = (page: Page): Locator => page.locator('.quick-input-widget .quick-input-message');

/** A choice in the box in which an extension asks for one. */
export const inputRow = (page: Page, text: string): Locator =>
  page.locator(QUICK_ROW).filter({ hasText: text }).first();

/**
 * Chooses from the menu that a click with the right button opens. A menu that has just opened passes over clicks, because
 * the one that opened it may still go on.
 */
export async function chooseFromMenu(page: Page, row: Locator, label: string): Promise<void> {
  await row.click({ button: 'right' });
  const entry = page.locator(`.monaco-menu .action-menu-item:has(.action-label[aria-label="${label}"])`);
  for (let attempt = 1; ; attempt++) {
    await entry.click();
    try {
      await entry.waitFor({ state: 'hidden', timeout: 1000 });
      return;
    } catch (error) {
      if (attempt === 10) throw error;
    }
  }
}

/** Chooses from the menu of what has the focus, without a mouse. */
export async function chooseByKeys(page: Page, label: string): Promise<void> {
  await page.keyboard.press('Shift+F10');
  await page.locator('.monaco-menu').waitFor();
  const entry = page.locator(`.monaco-menu .action-item.focused:has(.action-label[aria-label="${label}"])`);
  for (let turn = 0; (await entry.count()) === 0; turn++) {
    if (turn === 20) throw new Error(`The menu has no ${label}.`);
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await page.locator('.monaco-menu').waitFor({ state: 'detached' });
}

/** The language status (`{}`) in the status bar. */
export const languageStatus = (page: Page): Locator => page.locator('#status\\.languageStatus');

/** What a Markdown preview shows. */
export const preview = (page: Page): FrameLocator =>
  page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');

/** Milliseconds that VS Code counted for loading and activating an extension. */
export async function activationTime(page: Page, extension: string): Promise<number> {
  await command(page, 'Developer: Show Running Extensions');
  const rows = page.locator('.runtime-extensions-editor .monaco-list-row');
  await rows.first().hover();
  // The slowest come first, and only what is in sight is in the page.
  for (let turn = 0; turn < 20 && (await rows.filter({ hasText: extension }).count()) === 0; turn++) {
    await page.mouse.wheel(0, 200);
  }
  const text = await rows.filter({ hasText: extension }).first().locator('.activation-time').innerText();
  const milliseconds = /(\d+)\s*ms/.exec(text)?.[1];
  if (!milliseconds) throw new Error(`VS Code shows no time for ${extension}: ${text}`);
  return Number(milliseconds);
}

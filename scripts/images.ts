/** Draws the pictures of the documentation anew: `npm run images`. Look at them before you commit them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { walkThrough } from '../test/e2e/walk/walkThrough.ts';
import { launchBrowser } from './vscode/browser.ts';
import { project } from './vscode/install.ts';

/** The marketplace asks for at least 128 pixels and shows the icon at several sizes. */
const ICON_SIZE = 256;

async function drawIcon(): Promise<void> {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: ICON_SIZE, height: ICON_SIZE } });
  const svg = await readFile(join(project, 'images/icon.svg'), 'utf8');
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw; height: 100vh }</style>${svg}`);
  await page.screenshot({ path: join(project, 'images/icon.png'), omitBackground: true });
  await browser.close();
}

const pictures = join(project, 'docs/images');
await drawIcon();
for (const theme of ['dark', 'light'] as const) await walkThrough(theme, pictures);

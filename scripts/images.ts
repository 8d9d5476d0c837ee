/** Draws the pictures of the documentation anew: `npm run images`. Look at them before you commit them. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
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

/** The page that `airworthy report` writes about the example service, as far as a window shows it. */
async function drawReport(theme: 'dark' | 'light', folder: string): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'airworthy-report-'));
  const browser = await launchBrowser();
  try {
    const service = join(copy, 'service');
    cpSync(join(project, 'examples/service'), service, { recursive: true });
    execFileSync(process.execPath, [join(project, 'dist/cli.cjs'), 'report', '--output', 'report.html'], {
      cwd: service,
    });
    const page = await browser.newPage({ viewport: { width: 1180, height: 1500 }, colorScheme: theme });
    await page.goto(pathToFileURL(join(service, 'report.html')).href);
    await page.screenshot({ path: join(folder, `report-${theme}.png`) });
  } finally {
    await browser.close();
    rmSync(copy, { recursive: true });
  }
}

const pictures = join(project, 'docs/images');
await drawIcon();
for (const theme of ['dark', 'light'] as const) {
  await drawReport(theme, pictures);
  await walkThrough(theme, pictures);
}

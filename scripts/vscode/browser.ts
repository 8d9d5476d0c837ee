import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { VscodeServer } from './server.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const MACOS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Path of the system's Chromium or Chrome; `CHROMIUM` names another one. */
export function findChromium(): string | undefined {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).flatMap((dir) => NAMES.map((name) => join(dir, name)));
  return [process.env['CHROMIUM'], ...onPath, ...MACOS].find((path) => path !== undefined && isProgram(path));
}

/** Path of a program on the PATH. */
export function findProgram(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((dir) => join(dir, name))
    .find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium or Chrome found on the PATH; set CHROMIUM to its program.');
  return await chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
      // No name resolves: neither the page nor the browser itself can leave this machine.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}

/** A page that reaches nothing but its VS Code server. */
export interface ConfinedPage {
  readonly page: Page;
  /** Addresses that were asked for and refused. */
  readonly refused: readonly string[];
  /** Everything the page wrote to its console, `type: text`. */
  readonly console: readonly string[];
}

export async function openPage(browser: Browser, server: VscodeServer): Promise<ConfinedPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const refused: string[] = [];
  const lines: string[] = [];
  page.on('console', (message) => lines.push(`${message.type()}: ${message.text()}`));
  await context.route(
    (url) => url.protocol.startsWith('http') && url.host !== server.authority,
    (route) => {
      refused.push(route.request().url());
      return route.abort();
    },
  );
  return { page, refused, console: lines };
}

export interface WorkbenchTarget {
  /** Absolute path of a folder or a `.code-workspace` file. */
  readonly open: string;
  /** Extension under development; needs the server's test driver. */
  readonly extension?: string;
  /** Module whose `run()` is called in the extension host; needs the server's test driver. */
  readonly tests?: string;
}

/** The address under which the server opens a workspace. */
export function workbenchUrl(server: VscodeServer, { open, extension, tests }: WorkbenchTarget): string {
  const remote = (path: string): string => `vscode-remote://${server.authority}${path}`;
  const payload = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
    ...(extension ? [['extensionDevelopmentPath', remote(extension)]] : []),
    ...(tests ? [['extensionTestsPath', remote(tests)]] : []),
  ];
  const query = new URLSearchParams({ [open.endsWith('.code-workspace') ? 'workspace' : 'folder']: open });
  query.set('payload', JSON.stringify(payload));
  return `http://${server.authority}/?${query}`;
}

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { openPage, workbenchUrl } from '../../../scripts/vscode/browser.ts';
import { project } from '../../../scripts/vscode/install.ts';
import { createProfile, type Profile } from '../../../scripts/vscode/profile.ts';
import { startServer, type VscodeServer } from '../../../scripts/vscode/server.ts';
import { parseReports, pictureVariable, reportVariable } from './results.ts';
import type { Scenario, ScenarioResult } from './scenario.ts';

const LIMIT_MS = 240_000;

/** Runs a suite in the extension host of the VS Code that is served to a browser. */
export async function runServed(browser: Browser, scenario: Scenario, tests: string): Promise<ScenarioResult> {
  const { suite, workspace, open = '', settings = {}, trusted = true } = scenario;
  const leavings = join(project, 'out', 'e2e', suite);
  mkdirSync(leavings, { recursive: true });
  const profile = createProfile({ workspace: join(project, 'test/e2e/workspaces', workspace), settings, trusted });
  const reportFile = join(profile.root, 'report.jsonl');
  let server: VscodeServer | undefined;
  try {
    server = await startServer(profile, {
      testDriver: true,
      env: { [reportVariable]: reportFile, [pictureVariable]: leavings },
    });
    const { page, refused, console } = await openPage(browser, server);
    // VS Code calls this when the suite is over, or could not be loaded.
    let exited = false;
    await page.exposeFunction('codeAutomationExit', () => {
      exited = true;
    });
    const hostConsole: string[] = [];
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
      hostConsole.push(`${type}: ${args.join(' ')}`);
    });
    await page.goto(workbenchUrl(server, { open: join(profile.workspace, open), extension: project, tests }));

    const answered = new Set<string>();
    const readReports = () => (existsSync(reportFile) ? parseReports(readFileSync(reportFile, 'utf8')) : []);
    const end = Date.now() + LIMIT_MS;
    while (!exited && Date.now() < end) {
      for (const report of readReports()) {
        if (report.kind !== 'picture' || answered.has(report.path)) continue;
        answered.add(report.path);
        await page.screenshot({ path: report.path });
      }
      await sleep(100);
    }
    const reports = readReports();
    const complete = reports.some((report) => report.kind === 'end');
    const failed = !complete || reports.some((report) => report.kind === 'test' && report.error !== undefined);
    if (!complete) await page.screenshot({ path: join(leavings, 'no-end.png') });
    await page.context().close();
    const hostLog = readHostLog(profile);
    if (failed) keepLogs(profile, leavings);
    const trouble = complete
      ? {}
      : { trouble: `The suite did not end within ${LIMIT_MS / 1000} s.\n${[...hostConsole, ...console].join('\n')}` };
    return { reports, hostLog, refused, ...trouble };
  } finally {
    server?.stop();
    profile.dispose();
  }
}

function logFiles(profile: Profile): readonly string[] {
  const logs = join(profile.data, 'logs');
  return existsSync(logs)
    ? readdirSync(logs, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.log'))
        .map((path) => join(logs, path))
    : [];
}

const readHostLog = (profile: Profile): string =>
  logFiles(profile)
    .filter((path) => /exthost\.log$/.test(path))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');

function keepLogs(profile: Profile, folder: string): void {
  for (const path of [...logFiles(profile), join(profile.root, 'server.log')]) {
    cpSync(path, join(folder, 'logs', path.slice(profile.root.length)), { recursive: true });
  }
}

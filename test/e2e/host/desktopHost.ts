import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { project } from '../../../scripts/vscode/install.ts';
import { createProfile } from '../../../scripts/vscode/profile.ts';
import { parseReports, reportVariable } from './results.ts';
import type { Scenario, ScenarioResult } from './scenario.ts';

/**
 * Runs a suite in the extension host of a desktop VS Code.
 * @param program path of a VS Code program, or `download` for the newest release.
 */
export async function runDesktop(program: string, scenario: Scenario, tests: string): Promise<ScenarioResult> {
  const { suite, workspace, open = '', settings = {}, trusted = true } = scenario;
  mkdirSync(join(project, 'out', 'e2e', suite), { recursive: true });
  const profile = createProfile({ workspace: join(project, 'test/e2e/workspaces', workspace), settings, trusted });
  const reportFile = join(profile.root, 'report.jsonl');
  let trouble: string | undefined;
  try {
    await runTests({
      ...(program === 'download' ? { cachePath: join(project, '.vscode-test') } : { vscodeExecutablePath: program }),
      extensionDevelopmentPath: project,
      extensionTestsPath: tests,
      launchArgs: [
        join(profile.workspace, open),
        `--user-data-dir=${profile.data}`,
        `--extensions-dir=${profile.extensions}`,
        ...(trusted ? ['--disable-workspace-trust'] : []),
      ],
      extensionTestsEnv: { [reportVariable]: reportFile },
    });
  } catch (error) {
    trouble = String(error);
  }
  const reports = existsSync(reportFile) ? parseReports(readFileSync(reportFile, 'utf8')) : [];
  const logs = join(profile.data, 'logs');
  const hostLog = (existsSync(logs) ? readdirSync(logs, { recursive: true, encoding: 'utf8' }) : [])
    .filter((path) => path.endsWith('exthost.log'))
    .map((path) => readFileSync(join(logs, path), 'utf8'))
    .join('\n');
  profile.dispose();
  const complete = reports.some((report) => report.kind === 'end');
  return { reports, hostLog, refused: [], ...(complete || !trouble ? {} : { trouble }) };
}

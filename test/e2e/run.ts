/**
 * Runs the end-to-end tests: `npm run test:e2e [-- part-of-a-name]`.
 *
 * They use what is shipped: the .vsix and the bundles in it. Nothing is retried; a failed step leaves pictures and logs
 * under `out/e2e`.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { project } from '../../scripts/vscode/install.ts';
import { lacking } from './needs.ts';

const missing = lacking();
if (missing.length > 0) {
  console.error(`The end-to-end tests cannot run here. They lack:\n${missing.map((need) => `- ${need}`).join('\n')}`);
  process.exit(1);
}

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: project, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

rmSync(join(project, 'out', 'e2e'), { recursive: true, force: true });
run('npm', ['run', '--silent', 'package']);

const wanted = process.argv[2] ?? '';
const folder = join(project, 'test', 'e2e');
const files = readdirSync(folder).filter((name) => name.endsWith('.e2e.ts') && name.includes(wanted));
if (files.length === 0) {
  console.error(`No end-to-end test's name contains "${wanted}".`);
  process.exit(1);
}
// One after the other: each of them starts an editor, and the figures they print would mean nothing otherwise.
run(process.execPath, [
  ...['--import', 'tsx', '--test', '--test-concurrency=1', '--test-reporter=spec'],
  ...files.map((name) => join(folder, name)),
]);

/** Runs the unit and protocol tests: `npm run test:unit [-- name]` takes a part of a path to run fewer. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

const wanted = process.argv[2] ?? '';

function testsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['e2e', 'workspaces', 'walk'].includes(entry.name) ? [] : testsIn(path);
    return entry.name.endsWith('.test.ts') && path.includes(wanted) ? [path] : [];
  });
}

const files = testsIn('test').sort();
if (files.length === 0) {
  console.error(`No test file's path contains "${wanted}".`);
  process.exit(1);
}
// Many tests wait for a server or a command: one file at a time, as on two cores by default, leaves a core idle.
const concurrency = `--test-concurrency=${Math.max(2, availableParallelism())}`;
const run = spawnSync(process.execPath, ['--import', 'tsx', '--test', concurrency, '--test-reporter=spec', ...files], {
  stdio: 'inherit',
});
process.exit(run.status ?? 1);

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));

interface Report {
  readonly findings: readonly { readonly rule: string; readonly path: string; readonly line: number }[];
  readonly stats: { readonly files: number };
}

/** Checks an example in a process of its own, from inside its folder. */
function check(example: string): Promise<{ readonly report: Report; readonly exitCode: number }> {
  const args = ['--import', import.meta.resolve('tsx'), `${repository}/cli/main.ts`, 'check', '--format', 'json'];
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      args,
      { cwd: `${repository}/examples/${example}`, maxBuffer: 1 << 24 },
      (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : undefined;
        if (exitCode === undefined || stdout === '') reject(new Error(`The check failed: ${stderr}`, { cause: error }));
        else resolve({ report: JSON.parse(stdout) as Report, exitCode });
      },
    );
  });
}

/** The problems planted in the example: places by rule, from a file for each rule. */
function expected(): Record<string, readonly string[]> {
  const folder = new URL('expected/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  const places = (name: string): readonly string[] => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
  return Object.fromEntries(files.map((name) => [name.replaceAll('\\', '/').replace(/\.json$/, ''), places(name)]));
}

test('the example has the problems planted in it, and no others', async () => {
  const { report, exitCode } = await check('service');
  const found: Record<string, string[]> = {};
  for (const { rule, path, line } of report.findings) {
    found[rule] ??= [];
    found[rule].push(`${path}:${line}`);
  }
  const inOrder = (places: Record<string, readonly string[]>) =>
    Object.fromEntries(
      Object.entries(places)
        .map(([rule, list]) => [rule, [...list].sort()] as const)
        .sort(([left], [right]) => left.localeCompare(right)),
    );
  assert.deepEqual(inOrder(found), inOrder(expected()));
  assert.equal(exitCode, 1);
});

test('nothing is reported in the corrected twin', async () => {
  const { report, exitCode } = await check('service-fixed');
  assert.deepEqual(report.findings, []);
  assert.ok(report.stats.files > 50);
  assert.equal(exitCode, 0);
});

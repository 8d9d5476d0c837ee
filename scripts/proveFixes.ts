/**
 * `npm run prove:fixes -- <folder> [--rule=id …]`: applies all safe fixes to a copy of a project and says what got worse: a
 * changed file that no longer parses or that the compiler likes less, and files that a second run changes again.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from '#cli/check/run.ts';
import { documentKind } from '#engine/workspace/documentKind.ts';
import { discover } from '#host/discover.ts';
import { toEnginePath } from '#host/paths.ts';
import { rules } from '#rules/index.generated.ts';
import { worse } from './proveFixes/worse.ts';

const { values, positionals } = parseArgs({
  options: { rule: { type: 'string', multiple: true, default: [] } },
  allowPositionals: true,
});
const [given] = positionals;
if (given === undefined) throw new Error('Name the folder of a project.');

const temporary = mkdtempSync(join(tmpdir(), 'airworthy-fixes-'));
const root = toEnginePath(join(temporary, basename(resolve(given))));

async function texts(): Promise<ReadonlyMap<string, string>> {
  const { files } = await discover(root, { accepts: (path) => documentKind(path) !== undefined });
  return new Map(files.map((path) => [path, readFileSync(path, 'utf8')]));
}

/** Applies all safe fixes; says which files that changed. */
async function fix(): Promise<readonly { readonly path: string; readonly before: string; readonly after: string }[]> {
  const before = await texts();
  const { troubles } = await run([{ root, files: [], folders: [root] }], {
    rules,
    only: values.rule.length === 0 ? undefined : { rules: values.rule, categories: [] },
    configFile: undefined,
    signal: new AbortController().signal,
    progress: { update: () => {}, clear: () => {} },
    cwd: root,
    fix: true,
    failOn: undefined,
    toolVersion: 'proof',
  });
  for (const { path, message } of troubles) console.log(`  ${path}: ${message}`);
  const after = await texts();
  return [...after].flatMap(([path, text]) => {
    const old = before.get(path) ?? '';
    return old === text ? [] : [{ path, before: old, after: text }];
  });
}

try {
  cpSync(given, root, { recursive: true, filter: (path) => basename(path) !== '.git' });
  const changed = await fix();
  let faults = 0;
  for (const { path, before, after } of changed) {
    for (const problem of worse(path, before, after)) {
      faults++;
      console.log(`  ${path.slice(root.length + 1)}: ${problem}`);
    }
  }
  const again = await fix();
  for (const { path } of again) console.log(`  ${path.slice(root.length + 1)}: changed again by a second run`);
  console.log(`${given}: ${changed.length} files fixed, ${faults} new problems, ${again.length} changed again`);
  if (faults + again.length > 0) process.exitCode = 1;
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

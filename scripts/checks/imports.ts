/** Checks that every import stays inside the table of who may import whom: `npm run imports`. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkImports, type SourceText } from './checkImports.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders = [
  'client',
  'server',
  'protocol',
  'engine',
  'host',
  'rules',
  'report',
  'cli',
  'scripts',
  'test',
  'bench',
];
const skipped = new Set(['node_modules', 'fixtures', 'workspaces', 'peers', 'dist']);

function sourcesIn(folder: string): readonly SourceText[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : sourcesIn(path);
    return /\.[cm]?tsx?$/.test(entry.name) ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : [];
  });
}

const present = new Set(readdirSync(root));
const sources = folders.filter((folder) => present.has(folder)).flatMap(sourcesIn);
const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const problems = checkImports(sources, imports);
for (const { path, line, message } of problems) {
  console.error(`${path}${line > 0 ? `:${line}` : ''} ${message}.`);
}

// A committed node_modules, or a link of that name, shadows what the lock file installs and is deleted by a checkout.
const tracked = spawnSync('git', ['ls-files', '--', 'node_modules'], { cwd: root, encoding: 'utf8' }).stdout ?? '';
if (tracked !== '') console.error('node_modules is in the repository: git rm -r --cached node_modules.');
if (problems.length > 0 || tracked !== '') process.exitCode = 1;

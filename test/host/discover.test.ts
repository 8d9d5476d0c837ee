import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { discover } from '#host/discover.ts';
import { isDiscovered } from '#host/isDiscovered.ts';
import { normalisePath } from '#host/paths.ts';

const made: string[] = [];
after(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function project(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'airworthy-discover-'));
  made.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return normalisePath(root);
}

const accepts = (path: string) => path.endsWith('.ts');

async function find(root: string, below = '') {
  const { files, leftOut } = await discover(root + below, { accepts });
  return { files: files.map((file) => file.slice(root.length + 1)), leftOut };
}

test('finds files of the wanted kind, sorted, without what git ignores at any level', async () => {
  const root = project({
    '.git/info/exclude': 'private.ts\n',
    '.gitignore': '*.gen.ts\n/tmp/\n!kept.gen.ts\n',
    'src/z.ts': '',
    'src/a.ts': '',
    'src/a.gen.ts': '',
    'src/kept.gen.ts': '',
    'src/private.ts': '',
    'src/readme.md': '',
    'src/inner/.gitignore': 'local/\n!a.gen.ts\n*a*a*a*a*a*a*a*b\n',
    'src/inner/a.gen.ts': '',
    'src/inner/local/x.ts': '',
    'src/tmp/x.ts': '',
    'tmp/x.ts': '',
  });
  const { files, leftOut } = await find(root);
  assert.deepEqual(files, ['src/a.ts', 'src/inner/a.gen.ts', 'src/kept.gen.ts', 'src/tmp/x.ts', 'src/z.ts']);
  assert.deepEqual(leftOut.ignored, { files: 2, folders: 2 });
  assert.deepEqual(leftOut.vendored, { files: 0, folders: 0 }, 'version control is no part of the project');
});

test('ignore files above the start folder count, but what is named is looked at', async () => {
  const root = project({
    '.git/HEAD': '',
    '.gitignore': 'generated\n*.skip.ts\n',
    'app/generated/x.ts': '',
    'app/a.ts': '',
    'app/a.skip.ts': '',
  });
  assert.deepEqual((await find(root, '/app')).files, ['app/a.ts']);
  assert.deepEqual((await find(root, '/app/generated')).files, ['app/generated/x.ts']);
});

test('vendored and built folders are left out, source folders of such names are not', async () => {
  const root = project({
    'package.json': '{}',
    'node_modules/x/index.ts': '',
    'build/out.ts': '',
    'dist/out.ts': '',
    'src/build/plan.ts': '',
    'src/vendor/vendor.ts': '',
    'packages/a/package.json': '{}',
    'packages/a/node_modules/y/index.ts': '',
    'packages/a/coverage/c.ts': '',
  });
  const { files, leftOut } = await find(root);
  assert.deepEqual(files, ['src/build/plan.ts', 'src/vendor/vendor.ts']);
  assert.deepEqual(leftOut.vendored, { files: 0, folders: 5 });
});

test('links are counted, not followed, so that loops end', async () => {
  const root = project({ 'src/a.ts': '', 'src/inner/b.ts': '' });
  symlinkSync('..', join(root, 'src/inner/up'));
  symlinkSync('../a.ts', join(root, 'src/inner/c.ts'));
  symlinkSync('loop', join(root, 'src/loop'));
  const { files, leftOut } = await find(root);
  assert.deepEqual(files, ['src/a.ts', 'src/inner/b.ts']);
  assert.deepEqual(leftOut.link, { files: 1, folders: 1 });
});

test('a folder that may not be read is counted', { skip: process.getuid?.() === 0 }, async () => {
  const root = project({ 'src/a.ts': '', 'closed/b.ts': '' });
  chmodSync(join(root, 'closed'), 0);
  const { files, leftOut } = await find(root);
  chmodSync(join(root, 'closed'), 0o755);
  assert.deepEqual(files, ['src/a.ts']);
  assert.deepEqual(leftOut.unreadable, { files: 0, folders: 1 });
});

test('a missing root is an unreadable folder', async () => {
  const { files, leftOut } = await find('/no/such/folder/at/all');
  assert.deepEqual(files, []);
  assert.equal(leftOut.unreadable.folders, 1);
});

test('can be aborted and tells how far it is', async () => {
  const root = project({ 'a/a.ts': '', 'b/b.ts': '', 'b/c/d/e.ts': '' });
  const seen: number[] = [];
  await discover(root, { accepts, onProgress: (found) => seen.push(found) });
  assert.equal(seen.at(-1), 3);
  const stop = new AbortController();
  const running = discover(root, { accepts, signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) });
  await assert.rejects(running, /enough/);
});

test('a single path is judged as a walk would', async () => {
  const root = project({
    'package.json': '{}',
    '.git/hooks/a.ts': '',
    '.gitignore': 'local/\n',
    'src/a.ts': '',
    'src/local/b.ts': '',
    'build/c.ts': '',
    'src/build/d.ts': '',
    'node_modules/x/e.ts': '',
  });
  const walked = new Set((await discover(root, { accepts })).files);
  for (const path of [
    '.git/hooks/a.ts',
    'src/a.ts',
    'src/local/b.ts',
    'build/c.ts',
    'src/build/d.ts',
    'node_modules/x/e.ts',
  ]) {
    assert.equal(isDiscovered(root, `${root}/${path}`), walked.has(`${root}/${path}`), path);
  }
  assert.equal(isDiscovered(root, `${root}x/a.ts`), false);
});

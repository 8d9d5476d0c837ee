import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { looksBinary } from '#host/binary.ts';
import { diskHost } from '#host/disk.ts';
import { normalisePath, pathOfUrl } from '#host/paths.ts';
import { createText, replaceText } from '#host/writeText.ts';

const folder = mkdtempSync(join(tmpdir(), 'airworthy-disk-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('reads text with its BOM and line ends, and nothing that is no file', () => {
  writeFileSync(join(folder, 'a.ts'), '\uFEFFconst a = "ü😀";\r\n');
  assert.equal(diskHost.readText(`${folder}/a.ts`), '\uFEFFconst a = "ü😀";\r\n');
  assert.equal(diskHost.readText(folder), undefined);
  assert.equal(diskHost.readText(`${folder}/gone`), undefined);
  assert.equal(diskHost.readText('\u0000'), undefined);
  assert.equal(diskHost.isFile(`${folder}/a.ts`), true);
  assert.equal(diskHost.isFolder(folder), true);
  assert.equal(diskHost.isFolder(`${folder}/a.ts`), false);
});

test('lists links as what they point to and leaves out broken ones and loops', () => {
  const links = join(folder, 'links');
  mkdirSync(join(links, 'inner'), { recursive: true });
  writeFileSync(join(links, 'file.ts'), '');
  symlinkSync('file.ts', join(links, 'to-file'));
  symlinkSync('inner', join(links, 'to-folder'));
  symlinkSync('gone', join(links, 'broken'));
  symlinkSync('loop-b', join(links, 'loop-a'));
  symlinkSync('loop-a', join(links, 'loop-b'));
  const entries = [...diskHost.list(links)].sort((a, b) => (a.name < b.name ? -1 : 1));
  assert.deepEqual(entries, [
    { name: 'file.ts', kind: 'file' },
    { name: 'inner', kind: 'folder' },
    { name: 'to-file', kind: 'file' },
    { name: 'to-folder', kind: 'folder' },
  ]);
  assert.deepEqual(diskHost.list(join(links, 'gone')), []);
  assert.deepEqual(diskHost.list(join(links, 'file.ts')), []);
});

test('says where links lead, and of what is not there that it is where it is', () => {
  const home = diskHost.realPath?.(folder) ?? '';
  const links = join(folder, 'real');
  mkdirSync(join(links, 'store/maker'), { recursive: true });
  symlinkSync('store/maker', join(links, 'maker'));
  assert.equal(diskHost.realPath?.(`${links}/maker`), `${home}/real/store/maker`);
  assert.equal(diskHost.realPath?.(`${links}/gone`), `${links}/gone`);
});

test('a pipe is not read', { skip: process.platform === 'win32' }, async () => {
  const { spawnSync } = await import('node:child_process');
  spawnSync('mkfifo', [join(folder, 'pipe.ts')]);
  assert.equal(diskHost.readText(`${folder}/pipe.ts`), undefined);
  assert.equal(diskHost.isFile(`${folder}/pipe.ts`), false);
});

test('replacing keeps the mode, follows links and leaves no temporary file', () => {
  const path = join(folder, 'run.ts');
  writeFileSync(path, 'old\r\n');
  chmodSync(path, 0o754);
  symlinkSync('run.ts', join(folder, 'link.ts'));
  assert.equal(replaceText(join(folder, 'link.ts'), 'old\r\n', '\uFEFFnew\r\n'), undefined);
  assert.equal(readFileSync(path, 'utf8'), '\uFEFFnew\r\n');
  assert.equal(statSync(path).mode & 0o777, 0o754);
  assert.deepEqual(
    diskHost.list(folder).filter(({ name }) => name.endsWith('.tmp')),
    [],
  );
});

test('replacing refuses what it could damage', () => {
  const path = join(folder, 'kept.ts');
  const keeps = (bytes: Buffer, before: string) => {
    writeFileSync(path, bytes);
    const refused = replaceText(path, before, 'new');
    assert.ok(refused !== undefined);
    assert.deepEqual(readFileSync(path), bytes);
    return refused.reason;
  };
  assert.match(keeps(Buffer.from('theirs'), 'mine'), /changed/);
  const latin1 = Buffer.from([0x61, 0xe9, 0x62]);
  assert.match(keeps(latin1, latin1.toString('utf8')), /UTF-8/);
  assert.match(keeps(Buffer.from('a\u0000b'), 'a\u0000b'), /UTF-8/);
  assert.match(replaceText(join(folder, 'gone.ts'), '', 'x')?.reason ?? '', /gone/);
  assert.match(createText(path, 'x')?.reason ?? '', /already/);
  assert.equal(createText(join(folder, 'made.ts'), 'x'), undefined);
});

test('a file that may not be written stays as it is', { skip: process.getuid?.() === 0 }, () => {
  const path = join(folder, 'readonly.ts');
  writeFileSync(path, 'old');
  chmodSync(path, 0o444);
  assert.match(replaceText(path, 'old', 'new')?.reason ?? '', /may not/);
  assert.equal(readFileSync(path, 'utf8'), 'old');
});

test('paths: forward slashes, lower-case drives, no trailing slash', () => {
  assert.equal(normalisePath('C:\\Work\\App\\', true), 'c:/Work/App');
  assert.equal(normalisePath('C:\\', true), 'c:/');
  assert.equal(normalisePath('\\\\server\\share\\a', true), '//server/share/a');
  assert.equal(normalisePath('\\\\?\\C:\\x', true), 'c:/x');
  assert.equal(normalisePath('\\\\?\\UNC\\server\\share', true), '//server/share');
  assert.equal(normalisePath('/a\\b/', false), '/a\\b');
  assert.equal(normalisePath('/', false), '/');
  assert.equal(pathOfUrl('untitled:x'), undefined);
  assert.equal(pathOfUrl('file:///%zz'), undefined);
});

test('binary content is recognised', () => {
  assert.equal(looksBinary(Buffer.from('const a = 1;')), false);
  assert.equal(looksBinary(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0])), true);
});

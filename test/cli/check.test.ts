import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectWith } from './project.ts';
import { runSample } from './runSample.ts';

test('reports places in lines and UTF-16 columns from 1, sorted', async () => {
  const root = projectWith({
    'b.ts': 'danger();\r\n"😀"; danger();\r\n',
    'a.ts': 'danger(\n);\nfixable();\n',
  });
  const { findings } = await runSample(root);
  assert.deepEqual(
    findings.map(({ path, line, column, endLine, endColumn, rule, fix }) => [
      `${path}:${line}:${column}-${endLine}:${endColumn}`,
      rule,
      fix,
    ]),
    [
      ['a.ts:1:1-2:2', 'security/no-danger', undefined],
      ['a.ts:3:1-3:8', 'security/no-fixable', 'safe'],
      ['b.ts:1:1-1:9', 'security/no-danger', undefined],
      ['b.ts:2:7-2:15', 'security/no-danger', undefined],
    ],
  );
});

test('reports on the named paths only, and on named files even if git ignores them', async () => {
  const root = projectWith({
    'package.json': '{}',
    '.git/HEAD': '',
    '.gitignore': 'ignored.ts\nout\n',
    'src/a.ts': 'danger();',
    'src/b.ts': 'danger();',
    'other/c.ts': 'danger();',
    'ignored.ts': 'danger();',
    'out/d.ts': 'danger();',
    'notes.txt': '',
  });
  const paths = async (...given: string[]) =>
    (await runSample(root, { paths: given })).findings.map(({ path }) => path);
  assert.deepEqual(await paths('src'), ['src/a.ts', 'src/b.ts']);
  assert.deepEqual(await paths('src', './src/a.ts', 'src'), ['src/a.ts', 'src/b.ts']);
  assert.deepEqual(await paths('src/b.ts', 'other'), ['other/c.ts', 'src/b.ts']);
  assert.deepEqual(await paths('ignored.ts', 'out'), ['ignored.ts', 'out/d.ts']);
  assert.deepEqual(await paths('notes.txt'), []);
  assert.equal((await runSample(root, { paths: ['notes.txt'] })).stats.leftOut.unsupported, 1);
  await assert.rejects(async () => runSample(root, { paths: ['gone.ts'] }), /no file or folder "gone.ts"/);
});

test('paths outside the current folder belong to their own project', async () => {
  const root = projectWith({
    'one/package.json': '{}',
    'two/package.json': '{}',
    'two/airworthy.json': '{ "rules": { "security/no-danger": "P3" } }',
    'two/src/a.ts': 'danger();',
  });
  const { findings } = await runSample(join(root, 'one'), { paths: ['../two/src'] });
  assert.deepEqual(
    findings.map(({ path, priority }) => [path, priority]),
    [['../two/src/a.ts', 'P3']],
  );
});

test('fix changes what is safe and nothing else: BOM, line ends and mode stay', async () => {
  const root = projectWith({
    'a.ts': '\uFEFFfixable();\r\nsuggested();\r\nfixable(fixable());\r\n',
    'plain.ts': 'danger();\n',
  });
  chmodSync(join(root, 'a.ts'), 0o755);
  const plainBefore = statSync(join(root, 'plain.ts')).mtimeMs;
  const { findings, stats, troubles } = await runSample(root, { fix: true });
  assert.equal(readFileSync(join(root, 'a.ts'), 'utf8'), '\uFEFFfixed();\r\nsuggested();\r\nfixed(fixed());\r\n');
  assert.equal(statSync(join(root, 'a.ts')).mode & 0o777, 0o755);
  assert.equal(statSync(join(root, 'plain.ts')).mtimeMs, plainBefore);
  assert.deepEqual([stats.fixed, stats.filesFixed, troubles], [3, 1, []]);
  assert.deepEqual(
    findings.map(({ rule }) => rule),
    ['reliability/no-suggested', 'security/no-danger'],
  );
  assert.deepEqual(readdirSync(root).sort(), ['a.ts', 'plain.ts']);
  const again = await runSample(root, { fix: true });
  assert.deepEqual([again.stats.fixed, again.stats.filesFixed], [0, 0]);
});

test('a file that cannot be written back byte for byte is left alone and told', async () => {
  const latin1 = Buffer.concat([Buffer.from('fixable(); // caf'), Buffer.from([0xe9]), Buffer.from('\n')]);
  const root = projectWith({ 'a.ts': latin1 });
  const { findings, troubles } = await runSample(root, { fix: true });
  assert.deepEqual(readFileSync(join(root, 'a.ts')), latin1);
  assert.equal(findings.length, 1);
  assert.deepEqual(
    troubles.map(({ path, message }) => [path, message]),
    [['a.ts', 'the file was not fixed because it is not UTF-8 text, so other characters in it could be damaged.']],
  );
});

test('a rule that throws is told and everything else goes on', async () => {
  const root = projectWith({ 'a.ts': 'explode();\ndanger();\n', 'b.ts': 'danger();\n' });
  const { findings, troubles } = await runSample(root);
  assert.deepEqual(
    findings.map(({ path }) => path),
    ['a.ts', 'b.ts'],
  );
  assert.deepEqual(
    troubles.map(({ path, rule }) => [path, rule]),
    [['a.ts', 'testing/explodes']],
  );
  assert.match(troubles[0]?.message ?? '', /broken rule/);
});

test('what is left out is counted by reason', async () => {
  const root = projectWith({
    'package.json': '{}',
    '.git/HEAD': '',
    '.gitignore': 'ignored*\n',
    'airworthy.json': '{ "exclude": ["old/**"], "budgets": { "maxFileSize": 2048 } }',
    'ignored.ts': '',
    'ignored/a.ts': '',
    'old/a.ts': 'danger();',
    'node_modules/a/index.ts': '',
    'src/a.generated.ts': '',
    'src/a.min.js': '',
    'src/binary.ts': Buffer.from([0, 1, 2]),
    'src/large.ts': ' '.repeat(4000),
    'src/fine.ts': '',
  });
  symlinkSync('fine.ts', join(root, 'src/link.ts'));
  const { stats, findings, troubles } = await runSample(root);
  assert.deepEqual(stats.leftOut, {
    excluded: 1,
    ignored: 1,
    ignoredFolders: 1,
    vendoredFolders: 1,
    links: 1,
    generated: 1,
    minified: 1,
    binary: 1,
    tooLarge: 1,
    unsupported: 0,
  });
  assert.deepEqual([findings, troubles], [[], []]);
});

test('mistakes in airworthy.json are reported at their place and the rest applies', async () => {
  const root = projectWith({
    'airworthy.json': '{\n  "rules": {\n    "security/no-dangr": "off",\n    "security/no-fixable": "off"\n  }\n}\n',
    'a.ts': 'fixable();\n',
  });
  const { findings, configProblems } = await runSample(root);
  assert.deepEqual(findings, []);
  assert.deepEqual(configProblems, [
    {
      path: 'airworthy.json',
      line: 3,
      column: 5,
      endLine: 3,
      endColumn: 24,
      message: 'Unknown rule "security/no-dangr". Did you mean "security/no-danger"?',
    },
  ]);
});

test('hostile input neither fails nor hangs', async () => {
  const root = projectWith({
    'deep.ts': `${'('.repeat(5000)}1${')'.repeat(5000)};\n`,
    'deep.json': '['.repeat(5000),
    'broken.ts': 'function ( { ]] danger(\n`',
    'empty.ts': '',
    'bom.ts': '\uFEFF',
    'cr.ts': 'a;\rdanger();\r',
    'crazy\nname.ts': 'danger();\n',
  });
  mkdirSync(join(root, 'folder.ts'));
  writeFileSync(join(root, 'longline.ts'), `const a = "${'x'.repeat(1_000_000)}";\n`);
  const started = performance.now();
  const { findings } = await runSample(root);
  assert.ok(performance.now() - started < 10_000);
  const place = findings.find(({ path }) => path === 'cr.ts');
  assert.deepEqual([place?.line, place?.column], [2, 1]);
  assert.ok(findings.some(({ path }) => path === 'crazy\nname.ts'));
});

test('ends at once when it is interrupted, whatever it is doing', async () => {
  const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`f${index}.ts`, 'fixable();\n']));
  for (const phase of ['Finding', 'Analysing', 'Comparing', 'Checking', 'Fixing']) {
    const root = projectWith(files);
    const stop = new AbortController();
    const seen: string[] = [];
    const running = runSample(root, {
      fix: true,
      signal: stop.signal,
      onProgress(text) {
        seen.push(text);
        if (text.startsWith(phase)) stop.abort(new Error('enough'));
      },
    });
    await assert.rejects(running, /enough/);
    assert.equal(seen.filter((text) => text.startsWith(phase)).length, 1);
    for (const name of readdirSync(root)) assert.match(readFileSync(join(root, name), 'utf8'), /^fix(able|ed)\(\);\n$/);
  }
});

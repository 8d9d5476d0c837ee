import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DataNode } from '#engine/formats/types.ts';
import { NO_HANG, parsed, plain, textsOf } from './spans.ts';

function at(node: DataNode | undefined, ...path: readonly (string | number)[]): DataNode | undefined {
  const [step, ...rest] = path;
  if (step === undefined || node === undefined) return node;
  if (node.kind === 'array') return at(node.items[Number(step)], ...rest);
  return node.kind === 'object' ? at(node.entries.find((entry) => entry.key === step)?.value, ...rest) : undefined;
}

test('reads documents, block and flow collections with exact spans', () => {
  const text =
    '\ufeffon:\r\n  push: {branches: [main, 😀]} # c\r\n8080: "x"\r\ntext: |\r\n  # no comment\r\n  two\r\n\r\nempty:\r\n---\r\n- a\r\n';
  const document = parsed('yaml', text);
  assert.deepEqual(document.problems, []);
  assert.deepEqual(document.roots.map(plain), [
    { on: { push: { branches: ['main', '😀'] } }, 8080: 'x', text: '# no comment\ntwo\n', empty: null },
    ['a'],
  ]);
  assert.deepEqual(textsOf(document, document.comments), ['# c']);
  const [root] = document.roots;
  const span = (...path: (string | number)[]) =>
    textsOf(document, [at(root, ...path)?.span ?? { start: 0, end: 0 }])[0];
  assert.equal(span('on', 'push'), '{branches: [main, 😀]}');
  assert.equal(span('on', 'push', 'branches', 1), '😀');
  assert.equal(span('text'), '|\r\n  # no comment\r\n  two');
  assert.equal(span('empty'), '');
  assert.equal(span('on'), 'push: {branches: [main, 😀]}');
});

test('an alias stands for its anchor: its span is the alias, what is inside keeps its place', () => {
  const document = parsed('yaml', 'a: &x {k: [1]}\nb: *x\nc: &y v\nd: *y\n');
  const b = at(document.roots[0], 'b');
  assert.deepEqual(plain(b), { k: [1] });
  assert.deepEqual(textsOf(document, [b?.span ?? { start: 0, end: 0 }, b?.definition ?? { start: 0, end: 0 }]), [
    '*x',
    '{k: [1]}',
  ]);
  assert.deepEqual(textsOf(document, [at(b, 'k')?.span ?? { start: 0, end: 0 }]), ['[1]']);
  assert.equal(plain(at(document.roots[0], 'd')), 'v');
});

test('merge keys add what is not there, the first source winning', () => {
  const document = parsed(
    'yaml',
    'a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 0\nd: {"<<": 1, <<: *a}\n',
  );
  assert.deepEqual(plain(at(document.roots[0], 'c')), { x: 0, y: 1, z: 2 });
  const c = at(document.roots[0], 'c');
  assert.deepEqual(c?.kind === 'object' ? c.entries.map((entry) => entry.merged ?? false) : [], [false, true, true]);
  assert.deepEqual(plain(at(document.roots[0], 'd')), { '<<': 1, x: 1, y: 1 });
});

test('unknown, cyclic and repeated names are problems, not crashes', () => {
  for (const text of ['a: *missing\n', 'a: &a [*a]\n', 'a: 1\na: 2\n', 'a: &a {b: &b {c: *a}}\n', '<<: *nothing\n']) {
    const document = parsed('yaml', text);
    assert.equal(document.problems.length, 1, text);
  }
});

test('an alias bomb stays small', () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 40; level++) {
    lines.push(
      `a${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
    );
  }
  const started = performance.now();
  const document = parsed('yaml', `${lines.join('\n')}\n`);
  assert.ok(performance.now() - started < NO_HANG);
  assert.match(document.problems.map(({ message }) => message).join('\n'), /Aliases make this document too large/);
  const walk = (node: DataNode): number =>
    1 +
    (node.kind === 'array'
      ? node.items.map(walk)
      : node.kind === 'object'
        ? node.entries.flatMap((e) => (e.value ? walk(e.value) : []))
        : []
    ).reduce((a, b) => a + b, 0);
  assert.ok(document.roots.map(walk).reduce((a, b) => a + b, 0) < 300_000);
});

test('a merge bomb stays small', () => {
  const base = Array.from({ length: 500 }, (_, index) => `k${index}: v`).join(', ');
  const uses = Array.from({ length: 2000 }, (_, index) => `u${index}: {<<: *base}`).join('\n');
  const document = parsed('yaml', `base: &base {${base}}\n${uses}\n`);
  const [root] = document.roots;
  const total =
    root?.kind === 'object'
      ? root.entries.reduce((sum, { value }) => sum + (value?.kind === 'object' ? value.entries.length : 0), 0)
      : 0;
  assert.ok(total > 10_000 && total < 150_000, String(total));
});

test('deep nesting is cut off in flow and block style', () => {
  for (const text of ['['.repeat(5000), '{a: '.repeat(5000), '- '.repeat(5000), '? '.repeat(5000)]) {
    const document = parsed('yaml', text);
    assert.match(document.problems.map((problem) => problem.message).join(), /levels deep/);
  }
});

test('a long list of keys takes no quadratic time', () => {
  const started = performance.now();
  const document = parsed('yaml', Array.from({ length: 12_000 }, (_, index) => `key${index}: value`).join('\n'));
  assert.ok(performance.now() - started < NO_HANG);
  assert.equal(document.roots[0]?.kind === 'object' ? document.roots[0].entries.length : 0, 12_000);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCompiler } from '../../scripts/proveFixes/compiler.ts';
import { worse } from '../../scripts/proveFixes/worse.ts';

const typed = 'export const size: number = 1;\n';

for (const [what, path, before, after, expected] of [
  ['a text that says the same', '/p/src/a.ts', typed, `// moved\n${typed}`, 0],
  ['a syntax error', '/p/src/a.ts', typed, 'export const size: number = ;\n', 1],
  ['a type error', '/p/src/a.ts', typed, "export const size: number = '1';\n", 1],
  ['a type error that was there before', '/p/src/a.ts', "const a: number = '1';\n", "\nconst a: number = '1';\n", 0],
  [
    'the same mistake once more',
    '/p/src/a.ts',
    "const a: number = '1';\n",
    "const a: number = '1', b: number = '1';\n",
    1,
  ],
  ['a package that is not installed', '/p/src/a.ts', typed, `import x from 'nowhere';\n${typed}`, 0],
  ['a name that JavaScript does not know', '/p/src/a.js', 'let a = 1;\n', 'let a = size;\n', 1],
  ['a parameter without type in JavaScript', '/p/src/a.js', 'let a = 1;\n', 'function f(a) { return a; }\n', 0],
  [
    'a type error that quotes a renamed parameter',
    '/p/src/a.ts',
    'const f: (a: number) => number = (a: string) => 1;\n',
    'const f: (a: number) => number = (_a: string) => 1;\n',
    0,
  ],
  ['a name that is gone', '/p/src/a.ts', 'export const f = (a: 1) => a;\n', 'export const f = (_a: 1) => a;\n', 1],
  ['a file that was not there', '/p/src/a.ts', undefined, typed, 0],
  ['a broken file that was not there', '/p/src/a.ts', undefined, 'export const size: number = ;\n', 1],
  ['broken JSON', '/p/package.json', '{ "a": 1 }', '{ "a": }', 1],
  ['broken YAML', '/p/.github/workflows/ci.yml', 'on: push\n', 'on: [push\n', 1],
] as const) {
  test(`after a fix: ${what}`, () => {
    const problems = worse([{ path, before, after }], createCompiler('/p'));
    assert.equal(problems.length > 0, expected > 0, problems.join('\n'));
  });
}

test('files that change together are compiled together', () => {
  const compiler = createCompiler('/p');
  const size = { path: '/p/src/a.ts', before: typed, after: 'export const width: number = 1;\n' };
  const use = "import { size } from './a';\nsize;\n";
  const path = '/p/src/b.ts';
  assert.deepEqual(worse([size, { path, before: use, after: use.replaceAll('size', 'width') }], compiler), []);
  assert.match(worse([size, { path, before: use, after: use }], compiler).join('\n'), /src\/b\.ts: TS2305/);
});

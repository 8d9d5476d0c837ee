import assert from 'node:assert/strict';
import { test } from 'node:test';
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
  ['broken JSON', '/p/package.json', '{ "a": 1 }', '{ "a": }', 1],
  ['broken YAML', '/p/.github/workflows/ci.yml', 'on: push\n', 'on: [push\n', 1],
] as const) {
  test(`after a fix: ${what}`, () => {
    assert.equal(worse(path, before, after).length > 0, expected > 0, worse(path, before, after).join('\n'));
  });
}

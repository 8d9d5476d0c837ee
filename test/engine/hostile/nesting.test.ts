import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rules as shippedRules } from '#rules/index.generated.ts';
import { evalCalls } from '../probeRules.ts';
import { hostileWorkspace, MAX_SLICE, root } from './hostileWorkspace.ts';

const rules = [...shippedRules, evalCalls];

/** Code of a depth, and the extension under which it is valid. Line breaks keep it from looking minified. */
const NESTS: Readonly<Record<string, readonly [extension: string, code: (depth: number) => string]>> = {
  parentheses: ['ts', (n) => `const v = ${'(\n'.repeat(n)}1${')\n'.repeat(n)};`],
  arrays: ['ts', (n) => `const v = ${'[\n'.repeat(n)}${']\n'.repeat(n)};`],
  'object literals': ['ts', (n) => `const v = ${'{ a:\n'.repeat(n)}1${'\n}'.repeat(n)};`],
  blocks: ['ts', (n) => `${'{\n'.repeat(n)}${'}\n'.repeat(n)}`],
  functions: ['ts', (n) => `${'function f() {\n'.repeat(n)}${'}\n'.repeat(n)}`],
  arrows: ['ts', (n) => `const v = ${'() =>\n'.repeat(n)}1;`],
  classes: ['ts', (n) => `${'const a = class { m() {\n'.repeat(n)}${'} }\n'.repeat(n)}`],
  'calls in calls': ['ts', (n) => `${'f(\n'.repeat(n)}${')\n'.repeat(n)};`],
  'calls of calls': ['ts', (n) => `f${'\n(1)'.repeat(n)};`],
  'chained methods': ['ts', (n) => `p${'\n.then((a) => a)'.repeat(n)};`],
  'chained properties': ['ts', (n) => `a${'\n.b'.repeat(n)};`],
  'JSX elements': ['tsx', (n) => `const v = ${'<a>\n'.repeat(n)}${'</a>\n'.repeat(n)};`],
  ternaries: ['ts', (n) => `const v = ${'a ? b :\n'.repeat(n)}1;`],
  'ternaries in conditions': ['ts', (n) => `const v = ${'a ?\n'.repeat(n)}1${': b\n'.repeat(n)};`],
  'template literals': ['ts', (n) => `const v = ${'`${\n'.repeat(n)}1${'\n}`'.repeat(n)};`],
  awaits: ['ts', (n) => `async function g() {${'await\n'.repeat(n)}1;}`],
  assignments: ['ts', (n) => `${'a =\n'.repeat(n)}1;`],
  'a binary chain': ['ts', (n) => `const v = ${'a +\n'.repeat(n * 10)}1;`],
  'a chain of texts': ['ts', (n) => `const v = ${"'a' +\n".repeat(n * 10)}'b';`],
  'a chain of conditions': ['ts', (n) => `if (${'a &&\n'.repeat(n * 10)}b) c();`],
  'else if': ['ts', (n) => `${'if (a) b(); else\n'.repeat(n)}c();`],
  'switch in switch': ['ts', (n) => `${'switch (a) { case 1:\n'.repeat(n)}${'}\n'.repeat(n)}`],
  'try in try': ['ts', (n) => `${'try {\n'.repeat(n)}${'} finally {}\n'.repeat(n)}`],
  'type arguments': ['ts', (n) => `type A = ${'A<\n'.repeat(n)}1${'>\n'.repeat(n)};`],
  'conditional types': ['ts', (n) => `type A = ${'B extends C ? D :\n'.repeat(n)}E;`],
  'unclosed brackets': ['ts', (n) => '[(\n{'.repeat(n)],
  'unclosed templates': ['ts', (n) => '`${\n'.repeat(n)],
};

/** A statement with one certain finding: where it is not found, the file must be noted as skipped. */
const MARK = 'eval("x");';

describe('code nested to any depth', () => {
  for (const [name, [extension, code]] of Object.entries(NESTS)) {
    for (const depth of [300, 1_500, 5_000]) {
      it(`${name}, ${depth} deep, gets findings or a note`, async () => {
        const path = `${root}/src/a.${extension}`;
        const hostile = hostileWorkspace({ rules });
        const { workspace } = hostile;
        const text = `${MARK}\n${code(depth)}\n`;
        hostile.timed('opening', () => workspace.open(path, 'typescript', 1, text));

        const findings = await hostile.check(path);
        const found = findings.find(({ rule }) => rule === evalCalls.id);
        const [note, ...others] = workspace.skipped();
        assert.deepEqual(others, []);
        if (note === undefined) assert.deepEqual([found?.start, found?.end], [0, MARK.length - 1]);
        else {
          assert.equal(note.reason, 'too-deep');
          assert.match(note.message, /nested too deeply/);
          assert.equal(found, undefined);
        }

        const end = { line: text.split('\n').length, character: 0 };
        workspace.change(path, 2, [{ range: { start: { line: 1, character: 0 }, end }, text: '' }]);
        assert.equal((await hostile.check(path)).length, 1, 'back to normal once the nest is gone');
        assert.deepEqual(workspace.skipped(), []);
        assert.ok(hostile.longest.ms < MAX_SLICE, `${hostile.longest.what} took ${hostile.longest.ms} ms`);
        workspace.dispose();
      });
    }
  }
});

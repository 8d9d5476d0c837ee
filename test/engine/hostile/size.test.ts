import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rules as shippedRules } from '#rules/index.generated.ts';
import { evalCalls } from '../probeRules.ts';
import { hostileWorkspace, MAX_SLICE, root } from './hostileWorkspace.ts';

const rules = [...shippedRules, evalCalls];
const MB = 1_000_000;
const fill = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length));

interface Size {
  readonly file: string;
  readonly text: string;
  /** Reason for which the document is skipped, or the number of findings of the probe. */
  readonly expected: 'too-large' | 'minified' | number;
}

const SIZES: Readonly<Record<string, Size>> = {
  'one line of 10 MB': { file: 'a.ts', text: `const a = "${fill('x', 10 * MB)}";`, expected: 'too-large' },
  'a file of 10 MB': { file: 'a.ts', text: fill('eval("x");\n', 10 * MB), expected: 'too-large' },
  'a line of half a megabyte': { file: 'a.ts', text: `const a = [${fill('f(1),', MB / 2)}];`, expected: 'minified' },
  'half a megabyte of statements': {
    file: 'a.ts',
    text: fill('run(() => eval("x"), 10);\n', MB / 2),
    expected: 19_231,
  },
  'half a megabyte in one function': {
    file: 'a.ts',
    text: `function f() {\n${fill('run(() => eval("x"), 10);\n', MB / 2)}}`,
    expected: 19_231,
  },
  'a megabyte of JSON': { file: 'a.json', text: `[${fill('{"a": [1, 2]},\n', MB)}0]`, expected: 0 },
  '10 MB of JSON': { file: 'a.json', text: `[${fill('{"a": [1, 2]},\n', 10 * MB)}0]`, expected: 'too-large' },
};

describe('documents of any size', () => {
  for (const [name, { file, text, expected }] of Object.entries(SIZES)) {
    it(`${name} gets ${typeof expected === 'number' ? 'findings' : `a note: ${expected}`}`, async () => {
      const path = `${root}/src/${file}`;
      const hostile = hostileWorkspace({ rules });
      const { workspace } = hostile;
      hostile.timed('opening', () => workspace.open(path, 'typescript', 1, text));
      for (const version of [1, 2]) {
        const findings = await hostile.check(path);
        const [note] = workspace.skipped();
        assert.equal(note?.reason ?? findings.filter(({ rule }) => rule === evalCalls.id).length, expected);
        if (note !== undefined) assert.match(note.message, /^Airworthy does not analyse this file because .+\.$/);
        const line = version === 1 ? Math.floor(text.split('\n').length / 2) : 0;
        const at = { line, character: 0 };
        hostile.timed('an edit', () => workspace.change(path, 2, [{ range: { start: at, end: at }, text: ' ' }]));
      }
      assert.ok(hostile.longest.ms < MAX_SLICE, `${hostile.longest.what} took ${hostile.longest.ms} ms`);
      workspace.dispose();
    });
  }

  it('analyses what became small again', async () => {
    const path = `${root}/src/a.ts`;
    const hostile = hostileWorkspace({ rules });
    hostile.workspace.open(path, 'typescript', 1, fill('eval("x");\n', 10 * MB));
    await hostile.check(path);
    hostile.workspace.change(path, 2, [{ text: 'eval("x");' }]);
    assert.equal((await hostile.check(path)).length, 1);
    assert.deepEqual(hostile.workspace.skipped(), []);
  });
});

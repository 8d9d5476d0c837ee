import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rules as shippedRules } from '#rules/index.generated.ts';
import { evalCalls } from '../probeRules.ts';
import { type HostileWorkspace, hostileWorkspace, MAX_SLICE, root } from './hostileWorkspace.ts';

const rules = [...shippedRules, evalCalls];
const path = `${root}/src/a.tsx`;
const CALL = 'eval("x")';

/** Texts of the places where the probe found something. */
async function placesIn(hostile: HostileWorkspace): Promise<readonly string[]> {
  const findings = await hostile.check(path);
  const text = hostile.workspace.text(path) ?? '';
  return findings.filter(({ rule }) => rule === evalCalls.id).map(({ start, end }) => text.slice(start, end));
}

/** Inserts at line and character, both from 0. */
function insert(hostile: HostileWorkspace, version: number, line: number, character: number, text: string): void {
  const at = { line, character };
  hostile.workspace.change(path, version, [{ range: { start: at, end: at }, text }]);
}

const LINE_BREAKS: Readonly<Record<string, string>> = { CRLF: '\r\n', CR: '\r', LF: '\n' };
const CHARACTERS: Readonly<Record<string, string>> = {
  emoji: '// 👩‍👩‍👧‍👦 🇩🇪\nconst a = "😀";',
  'lone surrogates': 'const a = "\ud800 \udc00\ud800";',
  'separators that are no line breaks in editors': 'const a = "\u2028\u2029"; /* \u0085 */',
  'text from right to left': 'const a = "שלום\u202e\u2066";',
  'combining characters': `const a = "e${'\u0301'.repeat(1_000)}";`,
  'names in other scripts': 'const été = 1, 变量 = 2, 𠮷 = 3;',
};

describe('exact places', () => {
  for (const [name, lineBreak] of Object.entries(LINE_BREAKS)) {
    it(`with ${name} line ends`, async () => {
      const hostile = hostileWorkspace({ rules });
      hostile.workspace.open(path, 'typescriptreact', 1, ['// 1', `${CALL};`, 'f();', `${CALL};`, ''].join(lineBreak));
      assert.deepEqual(await placesIn(hostile), [CALL, CALL]);
      insert(hostile, 2, 2, 0, `${CALL};${lineBreak}`);
      insert(hostile, 3, 0, 0, `// 0${lineBreak}`);
      assert.deepEqual(await placesIn(hostile), [CALL, CALL, CALL]);
    });
  }

  it('with all line ends in one file, and a byte order mark', async () => {
    const hostile = hostileWorkspace({ rules });
    hostile.workspace.open(path, 'typescriptreact', 1, `\ufeff${CALL};\r\n${CALL};\r\r${CALL};\n\r\n${CALL};`);
    assert.deepEqual(await placesIn(hostile), [CALL, CALL, CALL, CALL]);
    // Carriage return, then line feed: what were two line ends becomes one.
    insert(hostile, 2, 2, CALL.length + 1, '\r');
    insert(hostile, 3, 1, CALL.length + 1, ' // 👍');
    assert.deepEqual(await placesIn(hostile), [CALL, CALL, CALL, CALL]);
    insert(hostile, 4, 0, 0, '// before the mark\n');
    assert.deepEqual(await placesIn(hostile), [CALL, CALL, CALL, CALL]);
  });

  for (const [name, code] of Object.entries(CHARACTERS)) {
    it(`around ${name}`, async () => {
      const hostile = hostileWorkspace({ rules });
      hostile.workspace.open(
        path,
        'typescriptreact',
        1,
        `${code} ${CALL};\n${code.replaceAll('const', 'var')} ${CALL};`,
      );
      assert.deepEqual(await placesIn(hostile), [CALL, CALL]);
      insert(hostile, 2, 0, 0, '"🙂"; ');
      assert.deepEqual(await placesIn(hostile), [CALL, CALL]);
    });
  }

  it('when an edit splits a pair of surrogates and the next joins it', async () => {
    const hostile = hostileWorkspace({ rules });
    hostile.workspace.open(path, 'typescriptreact', 1, `const a = "😀"; ${CALL};`);
    insert(hostile, 2, 0, 12, 'x');
    assert.deepEqual(await placesIn(hostile), [CALL]);
    const at = (character: number) => ({ line: 0, character });
    hostile.workspace.change(path, 3, [{ range: { start: at(12), end: at(13) }, text: '' }]);
    assert.deepEqual(await placesIn(hostile), [CALL]);
    assert.equal(hostile.workspace.text(path), `const a = "😀"; ${CALL};`);
  });
});

const BROKEN: Readonly<Record<string, string>> = {
  'a string': `const a = "abc`,
  'a template': 'const a = `abc $' + '{b} def',
  'a placeholder': 'const a = `abc ${b',
  'a comment': '/* abc',
  'a documentation comment': '/** @param {',
  'a regular expression': 'const a = /ab[c',
  'a JSX element': 'const a = <div a="b">text {c}',
  'a JSX attribute': 'const a = <div a={b',
  'a JSX string': 'const a = <div a="b',
  'a block': 'function f() { if (a) {',
  'a class': 'class A { m() { ',
  'type arguments': 'const a: Map<string, Set<',
  'a call': 'f(a, b, [c, { d:',
  'an import': 'import { a, b as',
  'a decorator': '@a(',
  'a merge conflict': '<<<<<<< HEAD\nconst a = 1;\n=======\nconst a = 2;\n>>>>>>> other',
  'a conflict with its base': '<<<<<<< a\nf(\n||||||| b\ng(\n=======\nh(\n>>>>>>> c',
  'stray closers': '}}})))]]]',
  'backslashes and escapes': '\\u0061\\u{110000} "\\x" `\\u`',
  'a private name alone': '#',
  'a hashbang in the middle': 'f();\n#!/usr/bin/env node',
};

describe('code that is not finished', () => {
  for (const [name, code] of Object.entries(BROKEN)) {
    it(`${name} costs no finding above it, and every character typed is survived`, async () => {
      const hostile = hostileWorkspace({ rules });
      const { workspace } = hostile;
      workspace.open(path, 'typescriptreact', 1, `${CALL};\n`);
      const lines = code.split('\n');
      let version = 1;
      for (const [line, text] of lines.entries()) {
        for (let character = 0; character < text.length; character++) {
          insert(hostile, ++version, line + 1, character, text[character] ?? '');
          await hostile.run(path, 'syntax');
          assert.equal(workspace.findings(path)[0]?.end, CALL.length, `after ${text.slice(0, character + 1)}`);
        }
        if (line < lines.length - 1) insert(hostile, ++version, line + 1, text.length, '\n');
      }
      assert.equal((await placesIn(hostile))[0], CALL);
      const typed = workspace.findings(path);
      const fresh = hostileWorkspace({ rules });
      fresh.workspace.open(path, 'typescriptreact', 1, workspace.text(path) ?? '');
      assert.deepEqual(typed, await fresh.check(path));
      assert.deepEqual(workspace.failures(), []);
      assert.ok(hostile.longest.ms < MAX_SLICE, `${hostile.longest.what} took ${hostile.longest.ms} ms`);
    });
  }
});

describe('what is no text', () => {
  const bytes = Array.from({ length: 4_000 }, (_, n) => String.fromCharCode((n * 7_919) % 256)).join('');
  for (const [name, text] of Object.entries({
    'a NUL': `${CALL};\n\u0000`,
    'NULs only': '\u0000'.repeat(100_000),
    'binary content': bytes,
  })) {
    it(`${name} under .tsx is skipped with a note, and looked at again when it is gone`, async () => {
      const hostile = hostileWorkspace({ rules });
      hostile.workspace.open(path, 'typescriptreact', 1, text);
      assert.deepEqual(await hostile.check(path), []);
      assert.deepEqual(
        hostile.workspace.skipped().map(({ reason }) => reason),
        ['binary'],
      );
      hostile.workspace.change(path, 2, [{ text: `${CALL};` }]);
      assert.deepEqual(await placesIn(hostile), [CALL]);
      insert(hostile, 3, 0, 0, '/*\u0000*/');
      assert.deepEqual(await hostile.check(path), []);
      assert.deepEqual(
        hostile.workspace.skipped().map(({ reason }) => reason),
        ['binary'],
      );
    });
  }

  it('control characters are text', async () => {
    const hostile = hostileWorkspace({ rules });
    hostile.workspace.open(path, 'typescriptreact', 1, `\u0001\u0008\u000b\u001b\u007f '\ufffd'; ${CALL};`);
    assert.equal((await placesIn(hostile)).length, 1);
  });
});

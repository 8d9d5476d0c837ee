import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diagnosticsOf } from './typeCheck.ts';
import { root } from './virtualFiles.ts';

/** The codes that the compiler reports for each file of one copy. */
function codesIn(files: Readonly<Record<string, string>>): readonly string[] {
  const copy = new Map(Object.entries(files).map(([name, text]) => [`${root}/src/${name}`, text]));
  return (diagnosticsOf([copy])[0] ?? []).map((diagnostic) => diagnostic.split(' ')[0] ?? '');
}

describe('the type check of fixtures', () => {
  it('holds TypeScript to types of parameters, and JavaScript not', () => {
    const text = 'export function add(a, { b }) { return a + b; }\n';
    assert.deepEqual(codesIn({ 'a.ts': text }), ['TS7006', 'TS7031']);
    assert.deepEqual(codesIn({ 'a.js': text }), []);
  });

  it('holds JavaScript to everything else, beside TypeScript too', () => {
    const wrong = "export const size = 'a'.length.trim();\n";
    assert.deepEqual(codesIn({ 'a.cjs': wrong }), ['TS2339']);
    assert.deepEqual(codesIn({ 'a.js': wrong, 'b.ts': 'export function f(a) { return a; }\n' }), ['TS2339', 'TS7006']);
  });

  it('sees from one language what the other exports', () => {
    const files = { 'a.ts': 'export const size = 1;\n', 'b.js': "import { size } from './a.ts';\nsize.trim();\n" };
    assert.deepEqual(codesIn(files), ['TS2339']);
  });
});

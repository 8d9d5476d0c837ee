import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSource } from '#engine/document/sourceKind.ts';
import { Braces } from '#engine/incremental/braces.ts';
import { InnerNames } from '#engine/incremental/innerNames.ts';
import { ts } from '#engine/ts.ts';
import { random } from '../rules/kit/random.ts';

const PARTS = ['{', '=', '>', '=>', ' ', 'ab', '}'];

test('braces and arrows are found in any range, in whatever order ranges are asked for', () => {
  const chooser = random(11);
  for (let round = 0; round < 300; round++) {
    const text = Array.from({ length: chooser.below(40) }, () => PARTS[chooser.below(PARTS.length)]).join('');
    const braces = new Braces(text);
    for (let query = 0; query < 30; query++) {
      const [a, b] = [chooser.below(text.length + 1), chooser.below(text.length + 1)];
      const [start, end] = [Math.min(a, b), Math.max(a, b)];
      // An arrow belongs to where it begins.
      const opens = [...text.slice(start, end)].some(
        (letter, at) => letter === '{' || (letter === '=' && text[start + at + 1] === '>'),
      );
      assert.equal(braces.between(start, end), opens, `${JSON.stringify(text)} ${start} ${end}`);
    }
  }
});

/** Statements with names declared in every place that has no brace around it. */
const DECLARING: readonly (readonly [text: string, ...names: string[]])[] = [
  ['list.map(one => one.id);', 'one'],
  ['export default (first) => second => first;', 'first', 'second'],
  ['for (const step of steps) run(step);', 'step'],
  ['for (var i = 0; i < 3; i++) run(i);', 'i'],
  ['if (ready) var late = 1;', 'late'],
  ['run(function named() {});', 'named'],
  ['const made = class Inner {};', 'Inner'],
  ['wait ? list.find((item) => item) : call({ get value() { const kept = 1; return kept; } });', 'item', 'kept'],
  ['type Handler = (request: string) => void;', 'request'],
  ['class A { field = list.map((entry) => entry); plain = other.name; }', 'entry'],
  [`tag\`a \${list.map((part) => part)} b\`;`, 'part'],
  ['plain(call(other), [1, 2], a ? b : c, a.b!.c as string);'],
];

for (const [text, ...names] of DECLARING) {
  test(`inner names: ${text}`, () => {
    const file = parseSource('/w/a.ts', text, ts.ScriptKind.TS);
    const found: string[] = [];
    new InnerNames().of(file, (name) => found.push(name));
    assert.deepEqual([...new Set(found)].sort(), names);
  });
}

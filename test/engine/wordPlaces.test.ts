import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { editedText } from '#engine/document/textDocument.ts';
import { WordPlaces } from '#engine/document/wordPlaces.ts';
import { random } from '../rules/kit/random.ts';

const WORDS = ['ab', 'abc', 'x\ny'];

function searched(word: string, text: string): readonly number[] {
  return new WordPlaces().of(word, text);
}

describe('places of words', () => {
  it('are where the text has them', () => {
    assert.deepEqual(searched('ab', 'ab cab abab'), [0, 4, 7, 9]);
    assert.deepEqual(searched('ab', ''), []);
  });

  it('are those of a fresh search after any edits, asked for after each version or now and then', () => {
    const chooser = random(3);
    const edited = editedText('/a.ts', 1, 'abcab x\ny '.repeat(40));
    for (let version = 2; version < 3000; version++) {
      const changes = Array.from({ length: chooser.chance(0.2) ? 3 : 1 }, () => {
        const text = chooser.pick(['a', 'b', 'c', 'ab', 'x', '\n', 'y', '', '', 'cab x\ny']);
        if (chooser.chance(0.005)) return { text: 'ab abc '.repeat(30) };
        const start = edited.positionAt(chooser.below(edited.text.length + 1));
        const end = edited.positionAt(edited.offsetAt(start) + chooser.below(4));
        return { range: { start, end }, text };
      });
      edited.apply(version, changes);
      if (chooser.chance(0.3)) continue;
      for (const word of WORDS) assert.deepEqual(edited.placesOf(word), searched(word, edited.text), word);
    }
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ts } from '#engine/ts.ts';
import { isLibraryTree, libraryTree } from '#engine/types/libraryTrees.ts';

const path = '/lib/lib.a.d.ts';
const text = 'interface A { a: number }';
const options = { languageVersion: ts.ScriptTarget.ES2022 };

describe('trees of bundled libs', () => {
  it('are shared by all that parse alike', () => {
    const tree = libraryTree(path, text, { key: 'one', options });
    assert.equal(libraryTree(path, text, { key: 'one', options }), tree);
    assert.notEqual(libraryTree(path, text, { key: 'two', options }), tree);
    assert.equal(isLibraryTree(path, 'one', tree), true);
    assert.equal(isLibraryTree(path, 'two', tree), false);
  });

  it('are let go when other ways of parsing take over', () => {
    const tree = libraryTree(path, text, { key: 'old', options });
    for (const key of ['a', 'b', 'c']) libraryTree(path, text, { key, options });
    assert.equal(isLibraryTree(path, 'old', tree), false);
    assert.notEqual(libraryTree(path, text, { key: 'old', options }), tree);
  });
});

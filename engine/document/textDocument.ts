import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ts } from '../ts.ts';
import type { ContentChange } from '../workspace/workspace.ts';
import { WordPlaces } from './wordPlaces.ts';

/** A text that changes by versions, its line index, and what changed since somebody last looked. */
export interface EditedText {
  readonly text: string;
  readonly version: number;
  /** Line and character of an offset, from 0, in UTF-16. */
  positionAt(offset: number): { readonly line: number; readonly character: number };
  offsetAt(position: { readonly line: number; readonly character: number }): number;
  /** Where a word begins, in order; costs no more than what was edited since it was last asked. */
  placesOf(word: string): readonly number[];
  apply(version: number, changes: readonly ContentChange[]): void;
  /** Changes since the last call, in order; `undefined` when the whole text was replaced, or nobody knows what. */
  takeChanges(): readonly ts.TextChangeRange[] | undefined;
}

/** Starts a text at a version. Its first `takeChanges` answers an empty list. */
export function editedText(path: string, version: number, text: string): EditedText {
  let document = TextDocument.create(path, 'text', version, text);
  let current = text;
  let changes: ts.TextChangeRange[] | undefined = [];
  const words = new WordPlaces();
  return {
    get text() {
      return current;
    },
    get version() {
      return document.version;
    },
    positionAt: (offset) => document.positionAt(offset),
    offsetAt: (position) => document.offsetAt(position),
    placesOf: (word) => words.of(word, current),
    apply(nextVersion, contentChanges) {
      for (const change of contentChanges) {
        if (change.range === undefined) {
          document = TextDocument.create(path, 'text', nextVersion, change.text);
          changes = undefined;
          words.replaced();
          continue;
        }
        const a = document.offsetAt(change.range.start);
        const b = document.offsetAt(change.range.end);
        const start = Math.min(a, b);
        document = TextDocument.update(document, [{ range: change.range, text: change.text }], nextVersion);
        // Positions that are no whole numbers come to some text, but not to a place in the tree.
        if (!Number.isInteger(a) || !Number.isInteger(b)) {
          changes = undefined;
          words.replaced();
          continue;
        }
        const range = { span: { start, length: Math.max(a, b) - start }, newLength: change.text.length };
        changes?.push(range);
        words.edited(range);
      }
      if (contentChanges.length === 0) document = TextDocument.update(document, [], nextVersion);
      current = document.getText();
    },
    takeChanges() {
      const taken = changes;
      changes = [];
      return taken;
    },
  };
}

import { detachText } from '../document/detachText.ts';
import { reparse } from '../document/reparse.ts';
import { parseSource } from '../document/sourceKind.ts';
import { type EditedText, editedText } from '../document/textDocument.ts';
import { parseFormat } from '../formats/index.ts';
import type { FormatDocument, FormatLanguage } from '../formats/types.ts';
import { InnerNames } from '../incremental/innerNames.ts';
import { UnitCache } from '../incremental/unitCache.ts';
import type { SuppressionSource } from '../suppressions/index.ts';
import { ts } from '../ts.ts';
import type { ContentChange } from './workspace.ts';

/** How a document is read: as source code of some kind, or as one of the text formats. */
export type DocumentKind =
  | { readonly type: 'source'; readonly script: ts.ScriptKind }
  | { readonly type: 'format'; readonly language: FormatLanguage };

/**
 * A document with its text, its tree and the results that hang on the tree. For an open document it lives as long as the
 * editor keeps it; for one on disk it is made for one analysis and dropped.
 */
export class TrackedDocument {
  readonly path: string;
  readonly kind: DocumentKind;
  /** Results by statement (cache: units). */
  readonly units = new UnitCache();
  /** Declared names by statement (cache: inner names). */
  readonly names = new InnerNames();
  private readonly edited: EditedText;
  private tree: ts.SourceFile | undefined;
  private treeText: string | undefined;
  private format: FormatDocument | undefined;

  constructor(path: string, kind: DocumentKind, version: number, text: string) {
    this.path = path;
    this.kind = kind;
    this.edited = editedText(path, version, text);
  }

  get text(): string {
    return this.edited.text;
  }

  get version(): number {
    return this.edited.version;
  }

  apply(version: number, changes: readonly ContentChange[]): void {
    this.edited.apply(version, changes);
  }

  positionAt(offset: number): { readonly line: number; readonly character: number } {
    return this.edited.positionAt(offset);
  }

  placesOf(word: string): readonly number[] {
    return this.edited.placesOf(word);
  }

  offsetAt(position: { readonly line: number; readonly character: number }): number {
    return this.edited.offsetAt(position);
  }

  /**
   * The current tree. After edits it is the old tree updated in place: nodes of untouched statements stay the same
   * objects, so nothing may hold on to the old one. Throws RangeError for code nested too deeply.
   */
  sourceFile(): ts.SourceFile {
    if (this.kind.type !== 'source') throw new Error(`${this.path} is not source code`);
    const { text } = this;
    if (this.tree !== undefined && this.treeText === text) {
      this.edited.takeChanges();
      return this.tree;
    }
    const old = this.tree;
    // Forgotten first: an update that throws half-way leaves the old tree unusable.
    this.tree = undefined;
    this.tree = this.reparse(old, text) ?? parseSource(this.path, text, this.kind.script);
    this.treeText = text;
    return this.tree;
  }

  /** The current tree of a text format. */
  formatDocument(): FormatDocument {
    if (this.kind.type !== 'format') throw new Error(`${this.path} is source code`);
    if (this.format === undefined || this.format.text !== this.text) {
      this.format = parseFormat(this.kind.language, this.text, this.format);
    }
    return this.format;
  }

  /** Text and tree as suppression comments are read from. */
  suppressionSource(): SuppressionSource {
    const { path, text, kind } = this;
    const placesOf = (word: string) => this.placesOf(word);
    return kind.type === 'source'
      ? { path, text, language: 'source', file: this.sourceFile(), placesOf }
      : { path, text, language: kind.language, document: this.formatDocument(), placesOf };
  }

  private reparse(old: ts.SourceFile | undefined, text: string): ts.SourceFile | undefined {
    const changes = this.edited.takeChanges();
    if (old === undefined || changes === undefined || changes.length === 0) return undefined;
    const range = changes.length === 1 ? changes[0] : ts.collapseTextChangeRangesAcrossMultipleVersions([...changes]);
    if (range === undefined) return undefined;
    try {
      const file = reparse(old, text, range);
      detachText(file, (node) => this.names.has(node));
      return file;
    } catch (error) {
      // The old tree may be too deep to walk where the new text is not.
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }
}

import type { FormatDocument, FormatLanguage } from '../formats/types.ts';
import type { ts } from '../ts.ts';
import type { Span } from './finding.ts';
import type { FileHeader } from './header.ts';
import type { Listeners } from './kinds.ts';
import type { FileNames } from './names.ts';
import type { FactScope } from './rule.ts';

/**
 * A place inside a facet's value: an index into the file's table of spans. The value stays equal while text above it
 * moves, so typing in a body does not look like a changed fact.
 */
export type Anchor = number & { readonly anchor: unique symbol };

/** What the fold of a source file may read besides its facts. */
export interface SourceFacetContext extends FacetContext, FileNames {
  readonly file: ts.SourceFile;
}

/** What the fold of any file may read. */
export interface FacetContext {
  readonly path: string;
  readonly header: FileHeader;
  /** Remembers a place and returns its anchor. Call in source order: anchors are compared with the value. */
  at(place: ts.Node | Span): Anchor;
}

/** The same for a text document, which has no header. */
export interface DocumentFacetContext extends Omit<FacetContext, 'header'> {
  /** As in {@link FileHeader.localPath}. */
  readonly localPath: string;
}

type Collectors<F> = Listeners<{ readonly path: string; readonly header: FileHeader }, F | readonly F[] | undefined>;

/**
 * How facts of files become knowledge about the project.
 * @typeParam F what `collect` emits
 * @typeParam V what `fold` makes of a file
 */
export interface FacetDefinition<F, V> {
  /** Unique over all facets; part of cache keys. */
  readonly name: string;
  /** Emits facts from source files; cached per statement, so it may read only the visited subtree and the header. */
  readonly collect?: Collectors<F>;
  /** The same, besides `collect`, for test files alone: listeners that other files need not pay for. */
  readonly collectInTests?: Collectors<F>;
  /** Test files are not looked at: what it gathers is about programs alone. */
  readonly skipsTests?: true;
  /**
   * Makes the file's value from its facts: plain JSON data. `undefined` when the file has nothing to say. With `collect`, only
   * files in which it found something are folded; without it, every source file is.
   */
  fold?(scope: FactScope<F>, ctx: SourceFacetContext): V | undefined;
  /** Text documents that contribute as well (package.json, .env.example, compose files …). */
  readonly documents?: {
    readonly languages: readonly FormatLanguage[];
    fold(document: FormatDocument, ctx: DocumentFacetContext): V | undefined;
  };
}

/** One kind of knowledge about the project, gathered per file as plain data and compared by value. */
export interface Facet<V> extends FacetDefinition<never, V> {
  /** Type carrier only. */
  readonly value?: V;
}

/** Defines a facet. Rules that list it in `project.facets` get its values; it is collected only while one of them is on. */
export function facet<F, V>(definition: FacetDefinition<F, V>): Facet<V> {
  return definition as unknown as Facet<V>;
}

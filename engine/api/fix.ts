import type { FormatDocument } from '../formats/types.ts';
import type { ts } from '../ts.ts';
import type { Facet } from './facet.ts';
import type { Finding, FixEdit, FixSafety, MessageData, Span, TextEdit } from './finding.ts';
import type { FileHeader } from './header.ts';
import type { FileNames } from './names.ts';
import type { FileValue, TypeQuery } from './rule.ts';

/** A document as a fix sees it: the current text and its tree. */
export interface FixSource extends FileNames {
  readonly path: string;
  readonly text: string;
  /** The tree of a TypeScript or JavaScript document; reading it for another language is a bug and throws. */
  readonly file: ts.SourceFile;
  /** The tree of any other document; reading it for source code is a bug and throws. */
  readonly document: FormatDocument;
  /** Exact resolver for source files. */
  readonly header: FileHeader;
}

export interface FixContext<O> extends FixSource {
  readonly options: O;
  /** Values for the title's placeholders and of the finding. */
  readonly data: MessageData;
  /** The innermost node that spans exactly the finding and passes the guard. */
  node<T extends ts.Node>(guard: (node: ts.Node) => node is T): T | undefined;
  /** Replaces a node (without its leading comments) or a span of this document. */
  replace(place: ts.Node | Span, newText: string): TextEdit;
  /** Inserts at an offset of this document. */
  insert(offset: number, newText: string): TextEdit;
  /** Another document of the workspace, open or on disk; `undefined` when it does not exist. */
  source(path: string): FixSource | undefined;
  /** Whether a file or folder of any kind is there. */
  exists(path: string): boolean;
  /** Values of a facet that the rule lists, as in its project check. */
  all<V>(facet: Facet<V>): Iterable<FileValue<V>>;
  /** Span behind an anchor of a facet's value. */
  spanOf<V>(path: string, facet: Facet<V>, anchor: number): Span | undefined;
  /** Present for rules with a `types` check. */
  readonly types: TypeQuery | undefined;
}

/** A correction, computed on request against the current text; nothing of it is kept in the finding. */
export interface Fix<O> {
  /** Says what will happen, in the imperative; `{placeholders}` come from the finding's data. */
  readonly title: string;
  readonly safety: FixSafety;
  /** Set for costly fixes: offered at once, their edits computed only when the user picks them. */
  readonly deferred?: boolean;
  /** `undefined` or an empty list: not applicable here, and not offered. */
  edits(ctx: FixContext<O>, finding: Finding): readonly FixEdit[] | undefined | Promise<readonly FixEdit[] | undefined>;
}

import type { FileReference } from '../checklist/model.ts';
import type { ClaimGroup, JudgedDocument } from '../checklist/view.ts';
import type { MessageData, RelatedPlace, Span } from './finding.ts';

export type * from '../checklist/model.ts';
export type * from '../checklist/view.ts';

/** A place in any document of the workspace. */
export interface ChecklistPlace extends Span {
  /** Absolute. */
  readonly path: string;
}

/** For `checklist` checks: one document with its judged items, and what other documents claim alike. */
export interface ChecklistContext<M extends string, O> {
  readonly judged: JudgedDocument;
  /** Text of the document. */
  readonly text: string;
  /** Groups that an item of this document is part of. */
  readonly groups: readonly ClaimGroup[];
  readonly options: O;
  /**
   * The file that a reference of this document means, with the number of its lines if the reference names some; `undefined`
   * when there is none, or when several would fit.
   */
  file(reference: FileReference): { readonly path: string; readonly lines: number | undefined } | undefined;
  /** Files of the workspace that have this name, absolute paths. */
  named(name: string): readonly string[];
  /** Reports in this document, or at a place elsewhere that the document is about. */
  report(
    at: Span | ChecklistPlace,
    message: M,
    data?: MessageData,
    extra?: { readonly related?: readonly RelatedPlace[] },
  ): void;
}

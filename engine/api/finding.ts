/** Half-open range of UTF-16 offsets, `[start, end)`, as `string.slice` takes it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** P0 must be fixed before production, P1 is high, P2 medium, P3 nice to have. */
export type Priority = 'P0' | 'P1' | 'P2' | 'P3';

/** Values for the `{placeholders}` of a message. Plain data: it is sent to editors and compared as JSON. */
export type MessageData = Readonly<Record<string, string | number>>;

/** A second place that explains a finding. `path` is absolute with forward slashes. */
export interface RelatedPlace {
  readonly path: string;
  readonly span: Span;
  readonly label: string;
}

/** What a rule found, as plain data with absolute offsets into one version of one document. */
export interface Finding extends Span {
  /** `category/name`. */
  readonly rule: string;
  readonly messageId: string;
  /** The message with its placeholders filled in. */
  readonly message: string;
  readonly priority: Priority;
  readonly data: MessageData;
  readonly related: readonly RelatedPlace[];
}

/**
 * *safe* keeps the meaning for correct callers, changes nothing but the document of its finding, and may run in bulk;
 * *suggest* needs a human eye.
 */
export type FixSafety = 'safe' | 'suggest';

/** Replaces `[start, end)` of an existing document. Offsets refer to the version the fix was computed for. */
export interface TextEdit extends Span {
  readonly path: string;
  readonly newText: string;
}

/** Creates a file; the whole fix is refused if the file is already there. */
export interface CreateFile {
  readonly path: string;
  readonly create: string;
}

export type FixEdit = TextEdit | CreateFile;

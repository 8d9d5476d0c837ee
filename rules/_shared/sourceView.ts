import type { FileHeader, ts } from '#api';

/** What helpers ask of one source file; the contexts of file checks and of fixes both offer it. */
export interface SourceView {
  readonly path: string;
  readonly file: ts.SourceFile;
  /** Resolves exactly. */
  readonly header: FileHeader;
  lookup(identifier: ts.Identifier): ts.Declaration | undefined;
}

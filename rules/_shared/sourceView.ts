import type { FileHeader, FileNames, ts } from '#api';

/** Finds the declaration of a name in the file; `undefined` for globals and what cannot be seen. */
export type Lookup = FileNames['lookup'];

/** What helpers ask about one place of a source file; the contexts of fact checks, file checks and fixes offer it. */
export interface SourceView extends FileNames {
  readonly path: string;
  /** Resolves exactly. */
  readonly header: FileHeader;
}

/** What helpers that read a whole file ask; fact checks do not offer it. */
export interface FileView extends SourceView {
  readonly file: ts.SourceFile;
}

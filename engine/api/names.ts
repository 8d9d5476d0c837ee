import type { ts } from '../ts.ts';

/** A type that a file declares at its top. */
export type TypeDeclaration =
  | ts.TypeAliasDeclaration
  | ts.InterfaceDeclaration
  | ts.ClassDeclaration
  | ts.EnumDeclaration;

/** What one file says about its own names. */
export interface FileNames {
  /** The declaration an identifier refers to, found lexically in the file. */
  lookup(identifier: ts.Identifier): ts.Declaration | undefined;
  /** The first type, at the top of the file, that a name used as a type refers to. Imports and inner types are not seen. */
  lookupType(name: ts.Identifier): TypeDeclaration | undefined;
  /**
   * Tells a fact check's keeper about what is read beside the statement the fact is in and beside what names lead to: it
   * judges anew when anything in the top-level statement around `node` changed, always for the file itself. Elsewhere
   * nothing is kept, and this does nothing.
   */
  relyOn(node: ts.Node): void;
}

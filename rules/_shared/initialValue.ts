import { ts } from '#api';
import type { SourceView } from './sourceView.ts';

/** What a name stands for: the function or class it declares, or the expression a variable starts with. */
export function initialValue(identifier: ts.Identifier, source: SourceView): ts.Node | undefined {
  const declaration = source.lookup(identifier);
  return declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : declaration;
}

import { ts } from '#api';
import { isFunctionValue } from './enclosing.ts';

/** The function behind a declaration of the same file. */
export function functionOf(declaration: ts.Declaration | undefined): ts.FunctionLikeDeclaration | undefined {
  if (declaration === undefined) return undefined;
  if (ts.isFunctionDeclaration(declaration)) return declaration;
  if (!ts.isVariableDeclaration(declaration)) return undefined;
  const { initializer } = declaration;
  return initializer !== undefined && isFunctionValue(initializer) ? initializer : undefined;
}

import { ts } from '#api';
import type { Bypass } from '../../_shared/auth/bypasses/bypasses.ts';
import type { FileView } from '../../_shared/sourceView.ts';
import { type Replacement, removal } from './takeOut.ts';

/**
 * The declaration of the constant that stood for a switch, when what is replaced was its only use: it would be left
 * unused. One with a comment of its own is left for somebody to read.
 */
export function unusedAfter({ node }: Bypass, { place }: Replacement, source: FileView): readonly Replacement[] {
  const alias = ts.isPrefixUnaryExpression(node) ? node.operand : node;
  if (!ts.isIdentifier(alias)) return [];
  const declaration = source.lookup(alias);
  const statement = declaration === undefined ? undefined : onlyDeclarationOf(declaration);
  if (statement === undefined || usesOf(alias.text, source.file, [place, statement]) > 0) return [];
  const { text } = source.file;
  const hasComment = (ts.getLeadingCommentRanges(text, statement.pos) ?? []).length > 0;
  return hasComment ? [] : [removal(statement, source.file)];
}

/** `const name = …;` that declares nothing else and is not exported. */
function onlyDeclarationOf(declaration: ts.Declaration): ts.VariableStatement | undefined {
  const variable = ts.isBindingElement(declaration) ? declaration.parent.parent : declaration;
  if (!ts.isVariableDeclaration(variable) || !ts.isVariableDeclarationList(variable.parent)) return undefined;
  const statement = variable.parent.parent;
  if (!ts.isVariableStatement(statement)) return undefined;
  const isAlone = variable.parent.declarations.length === 1;
  const isOnlyElement = ts.isIdentifier(variable.name) || variable.name.elements.length === 1;
  return isAlone && isOnlyElement && statement.modifiers === undefined ? statement : undefined;
}

/** How often a name occurs outside of some places; a name of something else counts too, which keeps the declaration. */
function usesOf(
  name: string,
  file: ts.SourceFile,
  outside: readonly { pos?: number; start?: number; end: number }[],
): number {
  let uses = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name) {
      const isOutside = outside.every(({ pos, start, end }) => node.end <= (start ?? pos ?? 0) || node.end > end);
      if (isOutside) uses++;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return uses;
}

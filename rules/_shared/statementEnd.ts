import { ts } from '#api';

/** What statements of a file end with, judged by the first one that could end with a semicolon. */
export function statementEnd(file: ts.SourceFile): ';' | '' {
  const first = file.statements.find(
    (statement) =>
      ts.isImportDeclaration(statement) || ts.isExpressionStatement(statement) || ts.isVariableStatement(statement),
  );
  const ends = first === undefined ? /;\s*(?:\n|$)/.test(file.text) : first.getText(file).endsWith(';');
  return ends ? ';' : '';
}

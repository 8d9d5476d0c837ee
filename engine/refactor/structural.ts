import type { SourceFile } from 'ts-morph';
import type { FixEdit, Span } from '../api/finding.ts';
import { applyEdits, difference } from '../document/applyEdits.ts';

/** A source document as it is now. */
export interface RefactorSource {
  readonly path: string;
  readonly text: string;
}

/** The files under refactoring. */
export interface RefactorFiles {
  /** A file wrapped for structural edits. */
  file(path: string): SourceFile | undefined;
  /** Replaces spans of a file's original text, all at once. */
  replace(path: string, changes: readonly { readonly span: Span; readonly newText: string }[]): void;
  /** Adds `import { name as alias } from 'specifier'` behind the other imports, in the file's own style. */
  addImport(path: string, specifier: string, name: string, alias?: string): void;
  /** Adds `const { name: alias } = require('specifier')` behind the other top-level requires. */
  addRequire(path: string, specifier: string, name: string, alias?: string): void;
}

/**
 * Applies structural edits with ts-morph to copies of the sources, in memory, and returns what changed as one edit per
 * file. Loads ts-morph on first use: its wrappers are far too slow for anything but an edit that a user asked for.
 */
export async function refactor(
  sources: readonly RefactorSource[],
  change: (files: RefactorFiles) => void,
): Promise<readonly FixEdit[]> {
  const { NewLineKind, Node, Project } = await import('ts-morph');
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: { allowJs: true },
  });
  for (const { path, text } of sources) project.createSourceFile(path, text);

  const keepLineEnds = (text: string): void => {
    const newLineKind = text.includes('\r\n') ? NewLineKind.CarriageReturnLineFeed : NewLineKind.LineFeed;
    project.manipulationSettings.set({ newLineKind });
  };
  const insertBehind = (path: string, isAbove: (statement: unknown) => boolean, code: string): void => {
    const file = project.getSourceFile(path);
    if (file === undefined) return;
    const text = file.getFullText();
    const quote = (text.match(/"/g)?.length ?? 0) > (text.match(/'/g)?.length ?? 0) ? '"' : "'";
    const statements = file.getStatements();
    const usesSemicolons = statements.length === 0 || statements.some((statement) => statement.getText().endsWith(';'));
    keepLineEnds(text);
    const last = statements.findLastIndex(isAbove);
    const isDirective = (index: number): boolean => {
      const statement = statements[index];
      return Node.isExpressionStatement(statement) && Node.isStringLiteral(statement.getExpression());
    };
    let at = last + 1;
    while (last < 0 && isDirective(at)) at++;
    file.insertStatements(at, `${code.replaceAll("'", quote)}${usesSemicolons ? ';' : ''}`);
  };
  const binding = (name: string, alias: string | undefined, by: string): string =>
    alias === undefined || alias === name ? name : `${name}${by}${alias}`;

  change({
    file: (path) => project.getSourceFile(path),
    replace(path, changes) {
      const file = project.getSourceFile(path);
      if (file === undefined) return;
      const edits = changes.map(({ span, newText }) => ({ path, ...span, newText }));
      const text = applyEdits(file.getFullText(), edits);
      if (text === undefined) return;
      keepLineEnds(text);
      file.replaceWithText(text);
    },
    addImport: (path, specifier, name, alias) =>
      insertBehind(
        path,
        (statement) => Node.isImportDeclaration(statement as never),
        `import { ${binding(name, alias, ' as ')} } from '${specifier}'`,
      ),
    addRequire: (path, specifier, name, alias) =>
      insertBehind(
        path,
        (statement) =>
          Node.isVariableStatement(statement as never) &&
          /=\s*require\(/.test((statement as { getText(): string }).getText()),
        `const { ${binding(name, alias, ': ')} } = require('${specifier}')`,
      ),
  });
  return sources.flatMap(({ path, text }) => {
    const edit = difference(path, text, project.getSourceFile(path)?.getFullText() ?? text);
    return edit === undefined ? [] : [edit];
  });
}

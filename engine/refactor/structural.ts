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
}

/**
 * Applies structural edits with ts-morph to copies of the sources, in memory, and returns what changed as one edit per
 * file. Loads ts-morph on first use: its wrappers are far too slow for anything but an edit that a user asked for.
 */
export async function refactor(
  sources: readonly RefactorSource[],
  change: (files: RefactorFiles) => void,
): Promise<readonly FixEdit[]> {
  const { NewLineKind, Project } = await import('ts-morph');
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
  });
  return sources.flatMap(({ path, text }) => {
    const edit = difference(path, text, project.getSourceFile(path)?.getFullText() ?? text);
    return edit === undefined ? [] : [edit];
  });
}

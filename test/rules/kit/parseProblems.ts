import { parseFormat } from '#engine/formats/index.ts';
import { documentKind } from '#engine/workspace/documentKind.ts';
import type { Files } from './virtualFiles.ts';

/** Syntax problems of the documents that are not source code, without places: a fix moves text. */
export function formatProblems(files: Files): readonly string[] {
  return [...files].flatMap(([path, text]) => {
    const kind = documentKind(path);
    if (kind?.type !== 'format') return [];
    return parseFormat(kind.language, text).problems.map((problem) => `${path}: ${problem.message}`);
  });
}

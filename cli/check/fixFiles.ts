import type { FixEdit, TextEdit } from '#engine/api/finding.ts';
import { applyEdits } from '#engine/document/applyEdits.ts';
import { createText, replaceText } from '#host/writeText.ts';
import type { Progress } from '../progress.ts';
import { analyze } from './analyze.ts';
import type { OpenProject } from './openProject.ts';

export interface FixResult {
  /** Absolute paths of files that were written. */
  readonly changed: ReadonlySet<string>;
  /** Files that have safe fixes but could not be written, with the reason. */
  readonly refused: ReadonlyMap<string, string>;
}

/** Fixes of one file can make those of another possible; should two undo each other, this ends it. */
const MAX_ROUNDS = 10;

/** Applies all safe fixes of the targets and analyses again, until nothing is left to do. */
export async function fixFiles(project: OpenProject, signal: AbortSignal, progress: Progress): Promise<FixResult> {
  const { workspace, targets } = project;
  const changed = new Set<string>();
  const refused = new Map<string, string>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const written = new Set<string>();
    for (const [index, path] of targets.entries()) {
      signal.throwIfAborted();
      if (refused.has(path) || workspace.findings(path).length === 0) continue;
      progress.update(`Fixing: ${index + 1} of ${targets.length}`);
      const text = workspace.text(path);
      // Of several rules the first is fixed in this round and the others, on the new text, in the next ones.
      for (const only of project.askedFor === undefined ? [undefined] : project.askedFor) {
        const edits = await workspace.fixAll(path, only === undefined ? {} : { rule: only });
        for (const [file, reason] of write(path, text, edits, written)) refused.set(file, reason);
        if (edits.length > 0) break;
      }
    }
    if (written.size === 0) break;
    for (const path of written) changed.add(path);
    workspace.refresh([...written]);
    await analyze(project, signal, progress);
  }
  return { changed, refused };

  /** Writes one file's edits, all or none of each document; yields what could not be written. */
  function* write(
    path: string,
    text: string | undefined,
    edits: readonly FixEdit[],
    written: Set<string>,
  ): Iterable<readonly [string, string]> {
    for (const edit of edits) {
      if (!('create' in edit)) continue;
      const problem = createText(edit.path, edit.create);
      if (problem !== undefined) yield [edit.path, problem.reason];
      else written.add(edit.path);
    }
    const textEdits = edits.filter((edit): edit is TextEdit => 'newText' in edit);
    for (const file of new Set(textEdits.map((edit) => edit.path))) {
      const before = file === path ? text : workspace.text(file);
      const after =
        before &&
        applyEdits(
          before,
          textEdits.filter((edit) => edit.path === file),
        );
      if (before === undefined || after === undefined || after === before) continue;
      const problem = replaceText(file, before, after);
      if (problem !== undefined) yield [file, problem.reason];
      else written.add(file);
    }
  }
}

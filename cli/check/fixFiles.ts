import type { TextEdit } from '#engine/api/finding.ts';
import { applyEdits } from '#engine/document/applyEdits.ts';
import { replaceText } from '#host/writeText.ts';
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
        if (edits.length === 0) continue;
        const problem = write(path, text, edits);
        if (problem === undefined) written.add(path);
        else if (problem !== 'unchanged') refused.set(path, problem);
        break;
      }
    }
    if (written.size === 0) break;
    for (const path of written) changed.add(path);
    workspace.refresh([...written]);
    await analyze(project, signal, progress);
  }
  return { changed, refused };
}

/** Writes a file with its edits, all or none of them; returns what kept it from being written. */
function write(path: string, before: string | undefined, edits: readonly TextEdit[]): string | 'unchanged' | undefined {
  const after = before === undefined ? undefined : applyEdits(before, edits);
  if (before === undefined || after === undefined || after === before) return 'unchanged';
  return replaceText(path, before, after)?.reason;
}

import { posix } from 'node:path';
import type { FixEdit } from '#engine/api/finding.ts';

/** Root of the workspaces that fixtures live in. */
export const root = '/fixture';

/** Texts by absolute path. */
export type Files = ReadonlyMap<string, string>;

export function inRoot(path: string): string {
  return posix.join(root, path);
}

/** A copy with every text changed. */
export function mapFiles(files: Files, change: (text: string, path: string) => string): Files {
  return new Map([...files].map(([path, text]) => [path, change(text, path)]));
}

function applyToText(text: string, edits: readonly Extract<FixEdit, { newText: string }>[], path: string): string {
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let end = 0;
  for (const edit of sorted) {
    if (edit.start < end) throw new Error(`Two edits of ${path} overlap at offset ${edit.start}.`);
    if (edit.end < edit.start || edit.end > text.length) {
      throw new Error(`An edit of ${path} lies outside of its text: ${edit.start}-${edit.end} of ${text.length}.`);
    }
    result += text.slice(end, edit.start) + edit.newText;
    end = edit.end;
  }
  return result + text.slice(end);
}

/** The files after a fix, the way an editor applies it. Throws where an editor would refuse. */
export function applyEdits(files: Files, edits: readonly FixEdit[]): Files {
  const result = new Map(files);
  for (const edit of edits) {
    if (!('create' in edit)) continue;
    if (result.has(edit.path)) throw new Error(`The fix creates ${edit.path}, which is already there.`);
    result.set(edit.path, edit.create);
  }
  const changed = new Set(edits.filter((edit) => 'newText' in edit).map((edit) => edit.path));
  for (const path of changed) {
    const text = files.get(path);
    if (text === undefined) throw new Error(`The fix edits ${path}, which does not exist.`);
    const own = edits.flatMap((edit) => ('newText' in edit && edit.path === path ? [edit] : []));
    result.set(path, applyToText(text, own, path));
  }
  return result;
}

import type { FixEdit } from '#api';
import { isClosed } from '#engine/checklist/model.ts';
import { parseChecklist } from '#engine/checklist/parse.ts';
import { tick } from '#engine/checklist/tick.ts';
import type { ClaimGroup, JudgedItem } from '#engine/checklist/view.ts';

/** The edit that makes one item say whether it is done; `undefined` when it says so, or has no mark that could. */
export function tickItem(item: JudgedItem, text: string, done: boolean): FixEdit | undefined {
  // Read anew: since it was judged the text may have moved.
  const current = parseChecklist(item.path, text).items.find(({ id }) => id === item.item.id);
  return current === undefined ? undefined : tick(item.path, text, current, done);
}

/** Edits that make all places of a claim say whether it is done. `textOf` answers the current text of a document. */
export function alignClaim(
  { items }: ClaimGroup,
  done: boolean,
  textOf: (path: string) => string | undefined,
): readonly FixEdit[] {
  return items.flatMap((item) => {
    if (isClosed(item.item.status) === done) return [];
    const text = textOf(item.path);
    const edit = text === undefined ? undefined : tickItem(item, text, done);
    return edit === undefined ? [] : [edit];
  });
}

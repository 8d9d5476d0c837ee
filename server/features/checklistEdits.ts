import { parseChecklist } from '#engine/checklist/parse.ts';
import { waive } from '#engine/checklist/waive.ts';
import {
  alignClaimsCommand,
  applyTickCommand,
  applyWaiverCommand,
  type ChecklistEditResult,
} from '#protocol/checklist.ts';
import { alignClaim, tickItem } from '../checklist/alignment.ts';
import { applyEdits, currentText, refused } from '../checklist/applyEdits.ts';
import { checklistFolders, claimsByItem, findItem, type KnownItem } from '../checklist/lookup.ts';
import { invalidParams, type ServerContext } from '../context.ts';
import { asObject } from '../convert/fromLsp.ts';

const GONE = 'The item is not there any more.';
const MOVED = 'The file changed meanwhile, so nothing was written. Try again.';

/** Writes what people decide about items into their documents: ticks, waivers, one answer for all places of a claim. */
export function register(ctx: ServerContext): void {
  const { session } = ctx;

  ctx.commands.set(applyTickCommand, async (argument): Promise<ChecklistEditResult> => {
    const { id, done } = asObject(argument) ?? {};
    if (typeof id !== 'string' || typeof done !== 'boolean') throw invalidParams('an item and whether it is done');
    const known = findItem(session, id);
    if (known === undefined) return refused(GONE);
    const text = currentText(ctx, known.item.path);
    if (text === undefined) return refused(MOVED);
    const edit = tickItem(known.item, text, done);
    if (edit === undefined) return refused('This item has no mark that could be changed safely.');
    return applyEdits(ctx, `${done ? 'Tick' : 'Untick'} "${known.item.item.title}"`, [edit]);
  });

  ctx.commands.set(applyWaiverCommand, async (argument): Promise<ChecklistEditResult> => {
    const waiver = asWaiver(argument);
    const { id } = asObject(argument) ?? {};
    if (typeof id !== 'string' || waiver === undefined) throw invalidParams('an item and a reason for its waiver');
    const known = findItem(session, id);
    if (known === undefined) return refused(GONE);
    const { path } = known.item;
    const text = currentText(ctx, path);
    const item = text && parseChecklist(path, text).items.find((candidate) => candidate.id === known.item.item.id);
    if (!text || !item) return refused(MOVED);
    const edit = waive(path, text, item, waiver);
    if (edit === undefined) {
      return refused(
        'The waiver could not be read back from there: give the day as YYYY-MM-DD, and a reason without --> and |.',
      );
    }
    return applyEdits(ctx, `Waive "${item.title}"`, [edit]);
  });

  ctx.commands.set(alignClaimsCommand, async (argument): Promise<ChecklistEditResult> => {
    const { id, done } = asObject(argument) ?? {};
    if (id !== undefined) {
      const known = findItem(session, id);
      if (known === undefined) return refused(GONE);
      return alignOne(known, typeof done === 'boolean' ? done : undefined);
    }
    const groups = checklistFolders(session).flatMap((folder) => folder.workspace.checklist().groups);
    const edits = groups.flatMap((group) =>
      group.disagree && group.done !== undefined ? alignClaim(group, group.done, (path) => currentText(ctx, path)) : [],
    );
    if (edits.length === 0) return refused('No documents disagree on anything that the code can answer.');
    return applyEdits(ctx, 'Bring all places in line', edits);
  });

  async function alignOne({ folder, item }: KnownItem, wanted: boolean | undefined): Promise<ChecklistEditResult> {
    const group = claimsByItem(folder.workspace.checklist()).get(item.key);
    if (group === undefined) return refused('No other document makes this claim.');
    const done = wanted ?? group.done;
    if (done === undefined) return refused('The code does not show whether this is done; say so yourself.');
    const edits = alignClaim(group, done, (path) => currentText(ctx, path));
    if (edits.length === 0) return refused('All places say so already, or have no mark that could be changed safely.');
    return applyEdits(ctx, `Bring "${item.item.title}" in line`, edits);
  }
}

function asWaiver(value: unknown): { reason: string; owner: string; until: string } | undefined {
  const object = asObject(value);
  const text = (key: string): string => {
    const field = object?.[key];
    return typeof field === 'string' ? field.replace(/\s+/g, ' ').trim() : '';
  };
  const reason = text('reason');
  return reason ? { reason, owner: text('owner').replace(/^@/, ''), until: text('until') } : undefined;
}

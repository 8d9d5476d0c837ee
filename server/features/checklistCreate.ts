import { createChecklist } from '#engine/checklist/create/create.ts';
import { type ChecklistEditResult, createChecklistCommand } from '#protocol/checklist.ts';
import { applyEdits, refused } from '../checklist/applyEdits.ts';
import { checklistFolders } from '../checklist/lookup.ts';
import type { ServerContext } from '../context.ts';
import { asObject } from '../convert/fromLsp.ts';
import { toPath } from '../convert/uris.ts';

const NAME = 'READINESS.md';

/** Writes a checklist for what a workspace is made of, on request. */
export function register(ctx: ServerContext): void {
  ctx.commands.set(createChecklistCommand, async (argument): Promise<ChecklistEditResult> => {
    const uri = asObject(argument)?.['folder'];
    const folders = checklistFolders(ctx.session).filter(({ loose }) => !loose);
    const folder = uri === undefined ? folders[0] : folders.find(({ root }) => root === toPath(uri));
    if (folder === undefined) return refused('Open a folder first: a checklist belongs to a project.');
    const { root, workspace } = folder;
    const path = `${root}/${NAME}`;
    if (ctx.environment.host.isFile(path)) return refused(`There is a ${NAME} already.`);
    // Half of the findings would tick what is not done.
    if (ctx.discovery.busy || ctx.analysis.indexing) {
      return refused('Files are still being analysed. Try again when the status bar is quiet.');
    }
    const create = createChecklist(workspace, ctx.environment.rules);
    return applyEdits(ctx, 'Create a readiness checklist', [{ path, create }]);
  });
}

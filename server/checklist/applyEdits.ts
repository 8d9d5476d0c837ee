import { ApplyWorkspaceEditRequest, type ApplyWorkspaceEditResult } from 'vscode-languageserver';
import type { FixEdit } from '#api';
import type { ChecklistEditResult } from '#protocol/checklist.ts';
import type { ServerContext } from '../context.ts';
import { toWorkspaceEdit } from '../convert/toLsp.ts';

/** Answer of a command that has nothing to write. */
export function refused(reason: string): ChecklistEditResult {
  return { applied: false, reason, documents: [] };
}

/**
 * The text of a document as the client has it; `undefined` when it is not there, or when its file changed a moment ago and
 * places in it are not where they are thought to be.
 */
export function currentText(ctx: ServerContext, path: string): string | undefined {
  const text = ctx.session.folderOf(path)?.workspace.text(path);
  if (ctx.session.document(path) !== undefined) return text;
  return text === ctx.environment.host.readText(path) ? text : undefined;
}

/** Has the client write edits of current texts. `label` names the change in its undo list. */
export async function applyEdits(
  ctx: ServerContext,
  label: string,
  edits: readonly FixEdit[],
): Promise<ChecklistEditResult> {
  if (!ctx.client.applyEdit) return refused('This editor cannot apply edits (workspace/applyEdit).');
  const edit = toWorkspaceEdit(edits, ctx.edits);
  if (edit === undefined) return refused('The file is gone.');
  const result: ApplyWorkspaceEditResult = await ctx.connection.sendRequest(ApplyWorkspaceEditRequest.type, {
    label,
    edit,
  });
  if (!result.applied) return refused('The file changed meanwhile, so nothing was written. Try again.');
  return { applied: true, reason: '', documents: [...new Set(edits.map(({ path }) => ctx.texts.uri(path)))] };
}

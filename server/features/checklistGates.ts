import { checklistGateNotification } from '#protocol/checklist.ts';
import { parseNodeId } from '../checklist/nodeIds.ts';
import type { ServerContext } from '../context.ts';
import { asObject } from '../convert/fromLsp.ts';

/**
 * Takes over how gates ended that a client ran on a person's request, now or before the server was started: the item may
 * stand in a document that was not read yet.
 */
export function register(ctx: ServerContext): void {
  ctx.connection.onNotification(checklistGateNotification, (params: unknown) => {
    const { id, command, exitCode, problem, at, commit } = asObject(params) ?? {};
    const node = parseNodeId(id);
    if (node?.kind !== 'item' || typeof command !== 'string' || typeof at !== 'string') return;
    const folder = ctx.session.folderOf(node.path);
    if (folder === undefined) return;
    const name = node.path.startsWith(`${folder.root}/`) ? node.path.slice(folder.root.length + 1) : node.path;
    folder.workspace.setGateResult(`${name}#${node.id}`, {
      command,
      exitCode: typeof exitCode === 'number' && Number.isInteger(exitCode) ? exitCode : undefined,
      problem: typeof problem === 'string' ? problem : '',
      at,
      commit: typeof commit === 'string' && /^[0-9a-f]{40,64}$/.test(commit) ? commit : '',
    });
    ctx.analysis.judge(folder);
  });
}

import { checklistGateNotification } from '#protocol/checklist.ts';
import { findItem } from '../checklist/lookup.ts';
import type { ServerContext } from '../context.ts';
import { asObject } from '../convert/fromLsp.ts';

/** Takes over how gates ended that a client ran on a person's request. */
export function register(ctx: ServerContext): void {
  ctx.connection.onNotification(checklistGateNotification, (params: unknown) => {
    const { id, command, exitCode, problem, at } = asObject(params) ?? {};
    const known = findItem(ctx.session, id);
    if (known === undefined || typeof command !== 'string' || typeof at !== 'string') return;
    known.folder.workspace.setGateResult(known.item.key, {
      command,
      exitCode: typeof exitCode === 'number' && Number.isInteger(exitCode) ? exitCode : undefined,
      problem: typeof problem === 'string' ? problem : '',
      at,
      commit: '',
    });
    ctx.analysis.judge(known.folder);
  });
}

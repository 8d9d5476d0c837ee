import { isAbsolute } from 'node:path';
import type { ServerContext } from '../context.ts';

/** Keeps what closed files said where the client has room for it, so that the next start reads only what changed. */
export function register(ctx: ServerContext): void {
  const { session, analysis, environment, log } = ctx;
  ctx.onInitialize(() => {
    const { storage } = ctx.client.options;
    if (storage === undefined) return;
    if (isAbsolute(storage)) session.outcomesOf = (root) => environment.outcomes(storage, root);
    else log(`\`initializationOptions.storage\` has to be an absolute path: ${storage}`);
  });
  analysis.onDidIndex(({ folder, done, total }) => {
    if (done < total) return;
    folder.outcomes
      ?.save((path) => folder.workspace.version(path) !== undefined)
      .catch((error: unknown) => log(`Results are not kept for the next start: ${String(error)}`));
  });
}

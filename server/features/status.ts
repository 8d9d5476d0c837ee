import { type Readiness, type Status, statusNotification } from '#protocol/messages.ts';
import { sumUp } from '../checklist/counts.ts';
import { checklistFolders } from '../checklist/lookup.ts';
import type { ServerContext } from '../context.ts';

/** Milliseconds between two notifications. */
const INTERVAL = 250;

/** Tells clients that asked for it how things stand. */
export function register(ctx: ServerContext): void {
  const { connection, session, analysis, discovery, publisher, checklists } = ctx;
  let timer: NodeJS.Timeout | undefined;
  let last = '';

  const send = (): void => {
    timer = undefined;
    const status = current();
    const key = JSON.stringify({ ...status, heapBytes: 0 });
    if (key === last) return;
    last = key;
    connection.sendNotification(statusNotification, status).catch(() => {});
  };
  const soon = (): void => {
    timer ??= setTimeout(send, INTERVAL);
  };

  function current(): Status {
    const findings = { P0: 0, P1: 0, P2: 0, P3: 0 };
    for (const { counts } of publisher.all()) {
      findings.P0 += counts.P0;
      findings.P1 += counts.P1;
      findings.P2 += counts.P2;
      findings.P3 += counts.P3;
    }
    const failures = session.folders.flatMap((folder) => folder.workspace.failures());
    const broken = [...new Set(failures.filter(({ fix }) => fix === undefined).map(({ rule }) => rule))];
    return {
      state: broken.length > 0 ? 'error' : analysis.indexing || discovery.busy ? 'indexing' : 'ready',
      findings,
      documents: session.folders.reduce((sum, folder) => sum + folder.workspace.paths().length, 0),
      heapBytes: process.memoryUsage().heapUsed,
      message: messageFor(broken),
      readiness: readiness(),
    };
  }

  function readiness(): Readiness | null {
    const { items, percent, blockers } = sumUp(checklistFolders(session).map(({ workspace }) => workspace.checklist()));
    return items === 0 ? null : { items, percent, blockers };
  }

  function messageFor(broken: readonly string[]): string {
    if (broken.length > 0) {
      return `${broken.join(', ')} failed and is off for the files it failed on. The log has the details; please report it.`;
    }
    const partly = session.folders.some((folder) => !folder.loose && !discovery.busy && !analysis.isComplete(folder));
    return partly
      ? 'Analysis was cancelled: findings of files that are not open, and those that span files, are missing. Restart the server to analyse all.'
      : '';
  }

  ctx.onInitialized(() => {
    if (ctx.client.options.status !== true) return;
    connection
      .sendNotification(statusNotification, { ...current(), state: 'starting' } satisfies Status)
      .catch(() => {});
    const listeners = [
      publisher.onDidChange(soon),
      analysis.onDidAnalyze(soon),
      analysis.onDidIndex(soon),
      discovery.onDidScan(soon),
      checklists.onDidChange(soon),
    ];
    ctx.onShutdown({
      dispose() {
        clearTimeout(timer);
        for (const listener of listeners) listener.dispose();
      },
    });
    soon();
  });
}

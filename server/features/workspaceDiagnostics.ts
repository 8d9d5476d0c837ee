import type { WorkDoneProgressServerReporter } from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';
import type { BacklogProgress } from '../lanes/backlog.ts';

/** Background work shorter than this many milliseconds is not worth a progress bar. */
const SHORT = 400;
/** Milliseconds between two reports. */
const INTERVAL = 100;

/** Analyses files that nobody has open, in the background and with a progress bar that can be cancelled. */
export function register(ctx: ServerContext): void {
  const { connection, session, analysis, discovery } = ctx;
  let ready = false;
  let started = 0;
  let reported = 0;
  let bar: Promise<WorkDoneProgressServerReporter> | undefined;

  ctx.onInitialized(() => {
    ready = true;
    for (const folder of session.folders) if (!folder.loose) void discovery.scan(folder);
  });
  session.onDidAddFolder((folder) => {
    if (ready && !folder.loose) void discovery.scan(folder);
  });
  session.onDidRemoveFolder(({ folder }) => {
    // Files of a folder inside another one belong to that one from now on.
    const heir = session.folderOf(folder.root);
    if (ready && !folder.loose && heir !== undefined && !heir.loose) void discovery.scan(heir);
  });
  ctx.onShutdown({ dispose: () => discovery.dispose() });

  analysis.onDidIndex((progress) => {
    if (!ready || !ctx.client.progress) return;
    const now = performance.now();
    if (started === 0) started = now;
    if (progress.done === progress.total) {
      if (analysis.indexing) return;
      started = 0;
      const ended = bar;
      bar = undefined;
      void ended?.then((reporter) => reporter.done());
    } else if (now - started > SHORT && now - reported > INTERVAL) {
      reported = now;
      bar ??= begin(progress);
      void bar.then((reporter) => {
        if (bar !== undefined) reporter.report(percent(progress), `${progress.done} of ${progress.total}`);
      });
    }
  });

  async function begin(progress: BacklogProgress): Promise<WorkDoneProgressServerReporter> {
    const reporter = await connection.window.createWorkDoneProgress();
    reporter.begin('Airworthy: analysing files', percent(progress), undefined, true);
    reporter.token.onCancellationRequested(() => {
      for (const folder of session.folders) analysis.cancelIndexing(folder);
    });
    return reporter;
  }
}

function percent({ done, total }: BacklogProgress): number {
  return Math.floor((done * 100) / total);
}

import { nameOf } from '#engine/document/paths.ts';
import { openReportPlaceCommand, type ReportParams, type ReportResult, reportRequest } from '#protocol/report.ts';
import { HISTORY_FILE, readHistory } from '#report/history.ts';
import type { FoundPlace } from '#report/input.ts';
import { checklistFolders } from '../checklist/lookup.ts';
import type { ServerContext } from '../context.ts';
import { asObject } from '../convert/fromLsp.ts';
import { toPath, toUri } from '../convert/uris.ts';
import { isShown } from '../lanes/publisher.ts';
import type { Folder } from '../session.ts';

/** Draws the readiness report of a workspace folder as it stands, as one page without scripts. */
export function register(ctx: ServerContext): void {
  ctx.onRequest<ReportParams, ReportResult | null>({ method: reportRequest }, async (params) => {
    const { folder: uri, toolVersion, commandLinks } = asObject(params) ?? {};
    const folders = checklistFolders(ctx.session).filter(({ loose }) => !loose);
    const folder = uri === undefined ? folders[0] : folders.find(({ root }) => root === toPath(uri));
    if (folder === undefined) return null;
    const { root, workspace } = folder;
    // Loaded late: most sessions never need it, nor the charts' library.
    const { renderReport } = await import('#report/index.ts');
    const history = readHistory(ctx.environment.host.readText(`${root}/${HISTORY_FILE}`));
    const html = renderReport('html', {
      name: nameOf(root),
      root,
      at: new Date().toISOString(),
      commit: '',
      toolVersion: typeof toolVersion === 'string' ? toolVersion : '',
      view: workspace.checklist(),
      findings: foundPlaces(ctx, folder),
      rules: ctx.environment.rules,
      files: workspace.paths().length,
      history: history.records,
      troubles: history.problems.map(({ line, message }) => ({ path: `${HISTORY_FILE}:${line}`, message })),
      base: commandLinks === true ? { command: openReportPlaceCommand, arguments: [toUri(root)] } : '',
    });
    return { title: `Readiness of ${nameOf(root)}`, html };
  });
}

function foundPlaces({ texts }: ServerContext, folder: Folder): readonly FoundPlace[] {
  const { root, workspace } = folder;
  if (!isShown(folder, true)) return [];
  return [...workspace.paths()].sort().flatMap((path) =>
    workspace.findings(path).flatMap((finding): FoundPlace[] => {
      const start = texts.lines(path)?.positionAt(finding.start);
      if (start === undefined) return [];
      const { rule, priority, message } = finding;
      const name = path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
      return [{ rule, priority, message, path: name, line: start.line + 1, column: start.character + 1 }];
    }),
  );
}

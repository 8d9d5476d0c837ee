import { commands, Disposable, ProgressLocation, Uri, ViewColumn, window, workspace } from 'vscode';
import { openReportPlaceCommand, type ReportParams, type ReportResult, reportRequest } from '#protocol/report.ts';
import { openLine } from './checklist/places.ts';

/** Shows the readiness report beside the editors. The page needs no scripts, and gets none; its links open files. */
export function registerOpenReport(
  toolVersion: string,
  request: (method: string, params: unknown) => Promise<ReportResult | null>,
): Disposable {
  return Disposable.from(registerOpen(toolVersion, request), registerOpenPlace());
}

/** Links of the page come from text that anybody may have written: only files of a workspace folder are opened. */
function registerOpenPlace(): Disposable {
  return commands.registerCommand(openReportPlaceCommand, async (folder: unknown, path: unknown, line: unknown) => {
    if (typeof folder !== 'string' || typeof path !== 'string' || typeof line !== 'number') return;
    const known = workspace.workspaceFolders?.find(({ uri }) => uri.toString() === Uri.parse(folder).toString());
    if (known === undefined) return;
    const file = Uri.joinPath(known.uri, path);
    if (file.path.startsWith(`${known.uri.path}/`)) await openLine(file.toString(), Math.max(0, line - 1));
  });
}

function registerOpen(
  toolVersion: string,
  request: (method: string, params: unknown) => Promise<ReportResult | null>,
): Disposable {
  return commands.registerCommand('airworthy.openReport', async () => {
    const folders = workspace.workspaceFolders ?? [];
    const folder =
      folders.length > 1 ? await window.showWorkspaceFolderPick({ placeHolder: 'Folder to report on' }) : folders[0];
    if (folder === undefined) {
      if (folders.length === 0) void window.showInformationMessage('Open a folder first: a report is about a project.');
      return;
    }
    const params: ReportParams = { folder: folder.uri.toString(), toolVersion, commandLinks: true };
    const report = await window.withProgress(
      { location: ProgressLocation.Window, title: 'Airworthy: writing the report' },
      () => request(reportRequest, params),
    );
    if (report === null) {
      void window.showInformationMessage('Airworthy is switched off for this folder.');
      return;
    }
    const panel = window.createWebviewPanel('airworthy.report', report.title, ViewColumn.Active, {
      enableScripts: false,
      enableCommandUris: [openReportPlaceCommand],
      enableFindWidget: true,
      localResourceRoots: [],
    });
    panel.webview.html = report.html;
  });
}

import { commands, type Disposable, ProgressLocation, ViewColumn, window, workspace } from 'vscode';
import { type ReportParams, type ReportResult, reportRequest } from '#protocol/report.ts';

/** Shows the readiness report beside the editors. The page needs no scripts, and gets none. */
export function registerOpenReport(
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
    const params: ReportParams = { folder: folder.uri.toString(), toolVersion };
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
      enableFindWidget: true,
      localResourceRoots: [],
    });
    panel.webview.html = report.html;
  });
}

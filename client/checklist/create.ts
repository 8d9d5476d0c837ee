import { Uri, window, workspace } from 'vscode';
import { type ChecklistCreate, createChecklistCommand } from '#protocol/checklist.ts';
import type { ChecklistServer } from './server.ts';

/** Has a checklist written for a workspace folder, saves it and shows it. */
export async function createChecklist(server: ChecklistServer): Promise<void> {
  const folders = workspace.workspaceFolders ?? [];
  const folder =
    folders.length > 1 ? await window.showWorkspaceFolderPick({ placeHolder: 'Folder to write it for' }) : folders[0];
  if (folder === undefined && folders.length > 0) return;
  const argument: ChecklistCreate = folder === undefined ? {} : { folder: folder.uri.toString() };
  const { applied, reason, documents } = await server.edit(createChecklistCommand, argument);
  const [uri] = documents;
  if (!applied || uri === undefined) {
    void window.showWarningMessage(reason);
    return;
  }
  const document = await workspace.openTextDocument(Uri.parse(uri, true));
  await document.save();
  await window.showTextDocument(document);
}

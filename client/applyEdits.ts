import { TabInputText, TabInputTextDiff, Uri, window, workspace } from 'vscode';
import type { ApplyWorkspaceEditParams, ApplyWorkspaceEditResult, TextDocumentEdit } from 'vscode-languageclient';
import { editBytes } from './closedFiles.ts';

/**
 * Applies edits that the server asks for. Files that nobody looks at are written at once, byte by byte: opened in the
 * background they would be left unsaved in a tab nobody asked for, and saving could change all their line ends. What is
 * open in a tab is edited in its editor, to be looked at, undone and saved there.
 */
export async function handleApplyEdit(
  params: ApplyWorkspaceEditParams,
  next: (params: ApplyWorkspaceEditParams) => unknown,
): Promise<ApplyWorkspaceEditResult> {
  const changes = params.edit.documentChanges ?? [];
  const closed: { readonly uri: Uri; readonly bytes: Uint8Array }[] = [];
  const left: typeof changes = [];
  for (const change of changes) {
    const uri = isOfUnseenFile(change) ? Uri.parse(change.textDocument.uri, true) : undefined;
    const bytes = uri && isOfUnseenFile(change) ? await edited(uri, change) : undefined;
    if (uri === undefined || bytes === undefined) left.push(change);
    else closed.push({ uri, bytes });
  }
  if (closed.length === 0) return (await next(params)) as ApplyWorkspaceEditResult;
  if (left.length > 0) {
    const result = (await next({ ...params, edit: { documentChanges: left } })) as ApplyWorkspaceEditResult;
    if (!result.applied) return result;
  }
  for (const { uri, bytes } of closed) await workspace.fs.writeFile(uri, bytes);
  return { applied: true };
}

type Change = NonNullable<ApplyWorkspaceEditParams['edit']['documentChanges']>[number];

function isOfUnseenFile(change: Change): change is TextDocumentEdit {
  if (!('edits' in change)) return false;
  const { uri, version } = change.textDocument;
  const key = Uri.parse(uri, true).toString();
  const document = workspace.textDocuments.find((one) => one.uri.toString() === key);
  if (document === undefined) return version === null;
  // VS Code holds on to documents for a while after their tabs were closed.
  return !document.isDirty && (version === null || version === document.version) && !hasTab(key);
}

function hasTab(uri: string): boolean {
  const shown = window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap(({ input }) => {
      if (input instanceof TabInputText) return [input.uri];
      return input instanceof TabInputTextDiff ? [input.original, input.modified] : [];
    }),
  );
  return shown.some((one) => one.toString() === uri);
}

/** The file's bytes after a change; `undefined` where it is not there or no UTF-8, which is left to the editor. */
async function edited(uri: Uri, { edits }: TextDocumentEdit): Promise<Uint8Array | undefined> {
  try {
    const plain = edits.filter((edit) => 'newText' in edit);
    return plain.length === edits.length ? editBytes(await workspace.fs.readFile(uri), plain) : undefined;
  } catch {
    return undefined;
  }
}

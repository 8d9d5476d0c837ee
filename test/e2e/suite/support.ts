/** What the tests in the extension host share: waiting, asking and looking. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Airworthy } from '../../../client/extension.ts';

/** The rules that the workspaces of these tests break. */
export const rules = {
  sandbox: 'security/iframe-sandbox-escape',
  sort: 'reliability/numeric-sort-without-comparator',
  env: 'config/env-unvalidated',
  jest: 'testing/jest-diagnostics-suppressed',
} as const;

export function airworthy(): vscode.Extension<Airworthy> {
  const extension = vscode.extensions.getExtension<Airworthy>('airworthy.airworthy');
  if (!extension) throw new Error('VS Code does not know the extension');
  return extension;
}

/** Polls until a value is truthy; fails with `what` after `ms`. */
export async function until<T>(what: string, probe: () => T | Promise<T>, ms = 15_000): Promise<NonNullable<T>> {
  for (const end = Date.now() + ms; ; ) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${ms / 1000} s for ${what}`);
    await sleep(25);
  }
}

/**
 * Executes a provider command. VS Code cancels these when any extension registers a provider meanwhile, as the
 * built-in TypeScript one does while it starts; then the same question is asked again.
 */
export async function ask<T>(command: string, ...args: unknown[]): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await vscode.commands.executeCommand<T>(command, ...args);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'Canceled' || attempt === 20) throw error;
    }
  }
}

export function folder(name?: string): vscode.Uri {
  const all = vscode.workspace.workspaceFolders ?? [];
  const found = name ? all.find((candidate) => candidate.name === name) : all[0];
  if (!found) throw new Error(`no workspace folder ${name ?? ''}`);
  return found.uri;
}

export const at = (path: string, base = folder()): vscode.Uri => vscode.Uri.joinPath(base, path);

/**
 * Opens a file as a click does. `openTextDocument` would keep the document open for minutes after its editor is closed.
 */
export async function open(path: string, base = folder()): Promise<vscode.TextEditor> {
  const uri = at(path, base);
  await vscode.commands.executeCommand('vscode.open', uri);
  return await until(`an editor on ${path}`, () => {
    const editor = vscode.window.activeTextEditor;
    return editor?.document.uri.toString() === uri.toString() ? editor : undefined;
  });
}

export async function write(path: string, text: string, base = folder()): Promise<vscode.Uri> {
  const uri = at(path, base);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

export async function read(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

export async function remove(path: string, base = folder()): Promise<void> {
  await vscode.workspace.fs.delete(at(path, base), { recursive: true });
}

/** Rule of a diagnostic. */
export const ruleOf = ({ code }: vscode.Diagnostic): string =>
  typeof code === 'object' ? String(code.value) : String(code);

/** Our diagnostics of a file, of one rule if given. */
export const findings = (uri: vscode.Uri, rule?: string): readonly vscode.Diagnostic[] =>
  vscode.languages
    .getDiagnostics(uri)
    .filter((diagnostic) => diagnostic.source === 'airworthy' && (!rule || ruleOf(diagnostic) === rule));

/** Waits for a finding of a rule and answers the first. */
export async function finding(uri: vscode.Uri, rule: string, ms?: number): Promise<vscode.Diagnostic> {
  return await until(`${rule} in ${uri.path}`, () => findings(uri, rule)[0], ms);
}

/** Milliseconds until a file's number of findings is another one, by VS Code's own event. */
export async function timeToFindings(uri: vscode.Uri): Promise<number> {
  const start = performance.now();
  const count = findings(uri).length;
  return await new Promise((resolve) => {
    const listening = vscode.languages.onDidChangeDiagnostics(() => {
      if (findings(uri).length === count) return;
      listening.dispose();
      resolve(performance.now() - start);
    });
  });
}

/** Waits until a file has no findings, of one rule if given. */
export async function gone(uri: vscode.Uri, rule?: string): Promise<void> {
  await until(`${rule ?? 'all findings'} to leave ${uri.path}`, () => findings(uri, rule).length === 0);
}

/** Code actions for a diagnostic's range; with `resolve`, the edits of costly ones are computed. */
export async function codeActions(
  uri: vscode.Uri,
  range: vscode.Range,
  kind = vscode.CodeActionKind.QuickFix,
): Promise<readonly vscode.CodeAction[]> {
  return await ask<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range, kind.value, 50);
}

/** Waits for a code action for a finding of a rule whose title matches. */
export async function quickFix(uri: vscode.Uri, rule: string, title: RegExp): Promise<vscode.CodeAction> {
  const { range } = await finding(uri, rule);
  const actions = await codeActions(uri, range);
  const action = actions.find((candidate) => title.test(candidate.title));
  if (!action) throw new Error(`no action like ${title} among: ${actions.map((one) => one.title).join(' | ')}`);
  return action;
}

/** Applies an action as the light bulb does: its edit, then its command. */
export async function apply(action: vscode.CodeAction): Promise<void> {
  if (action.edit && !(await vscode.workspace.applyEdit(action.edit))) throw new Error(`not applied: ${action.title}`);
  if (action.command) await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
}

/** Text of the hovers at a place. */
export async function hover(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await ask<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  return hovers
    .flatMap((one) => one.contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

/** Undoes everything and closes all editors. */
export async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (document.isDirty && document.uri.scheme === 'file') {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

import { type Uri, workspace } from 'vscode';
import { type InitializationOptions, type Settings, settingsSection } from '#protocol/messages.ts';

const languages = [
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
  'json',
  'jsonc',
  'yaml',
  'dockercompose',
  'github-actions-workflow',
  'dockerfile',
  'html',
  'markdown',
  'prisma',
  'dotenv',
  'shellscript',
  'makefile',
];

/** Documents that are sent to the server while they are open. */
export const documentSelector = [
  ...languages.map((language) => ({ scheme: 'file', language })),
  // No language of their own without another extension.
  { scheme: 'file', pattern: '**/.env*' },
  { scheme: 'file', pattern: '**/*.{docker,container}ignore' },
  { scheme: 'file', pattern: '**/*.prisma' },
];

/** What this client can do, the settings to start with, and where the server may keep things for this workspace. */
export function initializationOptions(storage: Uri | undefined): InitializationOptions {
  const settings = workspace.getConfiguration(settingsSection);
  return {
    suppressWithPrompt: true,
    openRulePage: true,
    hoverShowsDiagnostics: true,
    status: true,
    checklist: true,
    ...(storage?.scheme === 'file' && { storage: storage.fsPath }),
    settings: {
      enable: settings.get<boolean>('enable', true),
      analyze: settings.get<NonNullable<Settings['analyze']>>('analyze', 'workspace'),
      rules: settings.get<NonNullable<Settings['rules']>>('rules', {}),
    },
  };
}

/** Limit of the server's JavaScript heap in megabytes. */
export const serverMemory = (): number =>
  workspace.getConfiguration(settingsSection).get<number>('server.memory', 3072);

/** Calls back when a setting changes that takes a new server process to apply. */
export const onServerSettings = (restart: () => void) =>
  workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(`${settingsSection}.server`)) restart();
  });

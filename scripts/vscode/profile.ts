import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

export type Settings = Readonly<Record<string, unknown>>;

/** Keeps VS Code silent: no welcome pages, no lookups, no extras that would take the focus or the network. */
const QUIET: Settings = {
  'chat.agentHost.enabled': false,
  'chat.disableAIFeatures': true,
  'editor.accessibilitySupport': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  'json.schemaDownload.enable': false,
  'npm.autoDetect': 'off',
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'window.restoreWindows': 'none',
  'workbench.colorTheme': 'Dark Modern',
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.settings.enableNaturalLanguageSearch': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.experimentalOnboarding': false,
};

/** A private set of folders for one VS Code, all inside `root`; nothing of the user's own set-up is read or written. */
export interface Profile {
  readonly root: string;
  readonly data: string;
  readonly extensions: string;
  /** For sockets and temporary files, which would otherwise outlive the run. */
  readonly temporary: string;
  /** A copy of the workspace, free to be changed. */
  readonly workspace: string;
  readonly trusted: boolean;
  dispose(): void;
}

export interface ProfileOptions {
  /** Folder that is copied; an empty workspace without it. */
  readonly workspace?: string;
  readonly settings?: Settings;
  /** `false` opens the workspace in restricted mode. */
  readonly trusted?: boolean;
}

export function createProfile({ workspace, settings = {}, trusted = true }: ProfileOptions): Profile {
  const root = mkdtempSync(join(tmpdir(), 'airworthy-vscode-'));
  const profile = {
    root,
    data: join(root, 'data'),
    extensions: join(root, 'extensions'),
    temporary: join(root, 'tmp'),
    workspace: join(root, basename(workspace ?? 'workspace')),
    trusted,
    dispose: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  };
  mkdirSync(join(profile.data, 'User'), { recursive: true });
  mkdirSync(profile.extensions);
  mkdirSync(profile.temporary, { mode: 0o700 });
  mkdirSync(profile.workspace);
  if (workspace) cpSync(workspace, profile.workspace, { recursive: true });
  const trust = trusted
    ? { 'security.workspace.trust.enabled': false }
    : { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' };
  writeFileSync(
    join(profile.data, 'User', 'settings.json'),
    JSON.stringify({ ...QUIET, ...trust, ...settings }, null, 2),
  );
  return profile;
}

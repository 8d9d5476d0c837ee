import { join } from 'node:path';
import type { RegisteredRule } from '#api';
import { createConfiguration, type EditorConfiguration } from '#engine/config/configuration.ts';
import { editorSettings } from '#engine/config/editorSettings.ts';
import { hashText } from '#engine/config/stableHash.ts';
import type { Configuration } from '#engine/config/types.ts';
import { folderOf } from '#engine/document/paths.ts';
import { createWorkspace } from '#engine/workspace/create.ts';
import { documentKind } from '#engine/workspace/documentKind.ts';
import type { Host } from '#engine/workspace/host.ts';
import type { OutcomeStore } from '#engine/workspace/outcomeStore.ts';
import type { Workspace } from '#engine/workspace/workspace.ts';
import { discover } from '#host/discover.ts';
import { diskHost } from '#host/disk.ts';
import { isDiscovered } from '#host/isDiscovered.ts';
import { OutcomeFile } from '#host/outcomeFile.ts';
import { programHash } from '#host/programHash.ts';
import { today } from '#host/today.ts';
import type { Settings } from '#protocol/messages.ts';
import { rules as allRules } from '#rules/index.generated.ts';

/** What the server needs from the machine it runs on. */
export interface Environment {
  readonly host: Host;
  readonly rules: readonly RegisteredRule[];
  /** Makes the workspace of a folder. `settings` is asked again whenever the workspace is reconfigured. */
  createWorkspace(
    root: string,
    settings: () => Settings,
    warn: (message: string) => void,
    store: OutcomeStore | undefined,
  ): Workspace;
  /** What was kept of a folder's files below `storage`, an absolute path, by an earlier process. */
  outcomes(storage: string, root: string): SavedOutcomes;
  /** Files of a folder that are worth reading. Rejects when aborted. */
  discover(root: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Whether {@link discover} would find a file. */
  isDiscovered(root: string, path: string): boolean;
  /** Folder of the project that a document outside all workspace folders belongs to. */
  projectRoot(path: string): string;
}

/** Outcomes that are written when somebody says so. */
export interface SavedOutcomes extends OutcomeStore {
  /** Writes those of the files that are known still. Rejects when the disk refuses. */
  save(isKnown: (path: string) => boolean): Promise<void>;
}

/** Files that mark the top of a project. */
const markers = ['airworthy.json', 'package.json', 'tsconfig.json', '.git'];

function accepts(path: string): boolean {
  return documentKind(path) !== undefined;
}

/** This machine's disk, and all rules unless told otherwise. */
export function nodeEnvironment(rules: readonly RegisteredRule[] = allRules): Environment {
  return {
    host: diskHost,
    rules,
    createWorkspace: (root, settings, warn, store) =>
      createWorkspace({
        root,
        rules,
        host: diskHost,
        configuration: liveConfiguration(root, rules, settings, warn),
        today,
        ...(store !== undefined && { store }),
      }),
    outcomes: (storage, root) => new OutcomeFile(join(storage, `outcomes-${hashText(root)}.txt`), programHash()),
    discover: async (root, signal) => (await discover(root, { accepts, signal })).files,
    isDiscovered: (root, path) => accepts(path) && isDiscovered(root, path),
    projectRoot,
  };
}

function projectRoot(path: string): string {
  const own = folderOf(path);
  for (let folder = own; ; folder = folderOf(folder)) {
    const prefix = folder === '/' ? '' : folder;
    if (markers.some((name) => diskHost.isFile(`${prefix}/${name}`) || diskHost.isFolder(`${prefix}/${name}`))) {
      return folder;
    }
    if (folderOf(folder) === folder) return own;
  }
}

/** A configuration that takes up changed editor settings when it is invalidated. */
function liveConfiguration(
  root: string,
  rules: readonly RegisteredRule[],
  settings: () => Settings,
  warn: (message: string) => void,
): Configuration {
  const create = (): EditorConfiguration => {
    const made = createConfiguration({ root, host: diskHost, rules, settings: editorSettings(settings().rules ?? {}) });
    for (const { at, message } of made.settingsProblems) warn(`Setting airworthy.${at}: ${message}`);
    return made;
  };
  let current = create();
  return {
    for: (path) => current.for(path),
    problems: () => current.problems(),
    sources: () => current.sources(),
    invalidate() {
      current = create();
    },
  };
}

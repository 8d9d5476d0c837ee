import type { RegisteredRule } from '#engine/api/rule.ts';
import { createConfiguration } from '#engine/config/configuration.ts';
import type { Selection } from '#engine/config/selection.ts';
import { isInside } from '#engine/document/paths.ts';
import { createWorkspace } from '#engine/workspace/create.ts';
import { documentKind } from '#engine/workspace/documentKind.ts';
import type { Workspace } from '#engine/workspace/workspace.ts';
import { type Discovery, discover } from '#host/discover.ts';
import { diskHost } from '#host/disk.ts';
import { today } from '#host/today.ts';
import type { Progress } from '../progress.ts';
import { askedFor, toRun } from './selected.ts';
import type { ProjectTargets } from './targets.ts';

/** A project whose files are known, ready for analysis. */
export interface OpenProject {
  readonly root: string;
  readonly workspace: Workspace;
  /** Rules to report on and to fix; `undefined` for all that run. */
  readonly askedFor: ReadonlySet<string> | undefined;
  /** Files to report on, sorted. */
  readonly targets: readonly string[];
  readonly leftOut: readonly Discovery['leftOut'][];
  /** Named files of a kind that is not read. */
  readonly unsupported: number;
}

export interface OpenOptions {
  readonly rules: readonly RegisteredRule[];
  readonly only: Selection | undefined;
  /** Config file that replaces the nearest ones. */
  readonly configFile: string | undefined;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Finds a project's files and hands them to a new workspace. All of them: checks across files look beyond the targets. */
export async function openProject(project: ProjectTargets, options: OpenOptions): Promise<OpenProject> {
  const { root } = project;
  const { rules, configFile, signal } = options;
  const only = toRun(options.only, rules);
  const configuration = createConfiguration({
    root,
    host: diskHost,
    rules,
    ...(configFile !== undefined && { file: configFile }),
    ...(only !== undefined && { only }),
  });
  const workspace = createWorkspace({ root, rules, host: diskHost, configuration, today });

  const find = (folder: string) =>
    discover(folder, {
      accepts: (path) => documentKind(path) !== undefined,
      signal,
      onProgress: (found) => options.progress.update(`Finding files: ${found}`),
    });
  // A folder inside another named one would be reported twice.
  const folders = project.folders.filter(
    (folder) => !project.folders.some((other) => other !== folder && isInside(folder, other)),
  );
  const found = await Promise.all(folders.map(find));
  const whole = folders.includes(root) ? undefined : await find(root);
  const files = project.files.filter((path) => documentKind(path) !== undefined);
  const targets = [...new Set([...found.flatMap((discovery) => discovery.files), ...files])].sort();
  workspace.refresh([...new Set([...targets, ...(whole?.files ?? [])])]);
  return {
    root,
    workspace,
    askedFor: only === options.only ? undefined : askedFor(options.only, rules),
    targets,
    leftOut: found.map((discovery) => discovery.leftOut),
    unsupported: project.files.length - files.length,
  };
}

import type { ProjectContext } from '#api';
import { folderTrail } from '../../_shared/delivery/program.ts';
import { recipeFacet } from '../../_shared/delivery/recipeFacet.ts';
import { recipeRuns, recipesByPath } from '../../_shared/delivery/recipeRuns.ts';
import { scriptRuns } from '../../_shared/delivery/scriptRuns.ts';
import { taskFacet } from '../../_shared/delivery/taskFacet.ts';
import { tasksByPath } from '../../_shared/delivery/taskRuns.ts';
import { workflowReader } from '../../_shared/delivery/workflowChecks.ts';
import type { JobFacts } from '../../_shared/delivery/workflowFacet.ts';
import { workspacePackages } from '../../_shared/project/workspacePackages.ts';
import { decidingSteps } from './decidingSteps.ts';
import { informs, isGate } from './gates.ts';

/** The job that runs a script, and fails with it. */
export interface GateRun {
  /** The workflow. */
  readonly path: string;
  readonly job: JobFacts;
}

/** Something that commands run: a script of a package, a target of a Makefile or of Nx, a task of a Taskfile, a shell script. */
export interface Run {
  /** Where it is written. */
  readonly path: string;
  /** The script, target or task; empty for a shell script. */
  readonly name: string;
  /** Where it runs. */
  readonly folder: string;
  /** Commands with whose failure it fails, and `cd` between them. */
  readonly deciding: readonly string[];
}

type View = Pick<ProjectContext<string, unknown>, 'all' | 'root' | 'exists'>;

/** What a command runs in a folder. */
export type RunsOf = (command: string, folder: string) => readonly Run[];

/** More scripts than workflows reach. */
const MAX_SCRIPTS = 5000;
/** More than one command leads to. */
const MAX_FOLLOWED = 500;

/** The check has to list `WORKFLOW_FACETS`, `packageFacet` and `workspaceFacet`. */
export function runsOf(ctx: View): RunsOf {
  const { exists } = ctx;
  const recipes = recipesByPath(ctx.all(recipeFacet));
  const packages = { ...workspacePackages(ctx), exists, tasks: tasksByPath(ctx.all(taskFacet)) };
  return (command, folder) =>
    recipeRuns(command, folder, recipes)?.map(({ recipe, ...run }) => ({ ...run, deciding: recipe.deciding })) ??
    scriptRuns(command, folder, packages);
}

/** Tells which job of a workflow something that is run decides about, the first one where there are several. */
export function gateRuns(ctx: View, runs: RunsOf): (path: string, name: string) => GateRun | undefined {
  const reached = new Map<string, GateRun>();
  const waiting: (Run & { readonly run: GateRun })[] = [];
  const follow = (commands: readonly string[], from: string, run: GateRun): void => {
    for (const each of runsOfAll(commands, from, runs)) {
      const key = keyOf(each.path, each.name);
      if (reached.has(key) || reached.size > MAX_SCRIPTS || informs(each.name)) continue;
      reached.set(key, run);
      waiting.push({ ...each, run });
    }
  };
  for (const { path, job, commands, folder } of decidingSteps(workflowReader(ctx), ctx.root, informs)) {
    follow(commands, folder, { path, job });
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      follow(next.deciding, next.folder, next.run);
    }
  }
  return (path, name) => reached.get(keyOf(path, name));
}

/** What is built on the way to something else is no check of it. */
const BUILDS = /\bbuild\b/;

/** Whether commands fail because a check fails that they lead to. */
export function leadsToGate(commands: readonly string[], from: string, runs: RunsOf): boolean {
  const waiting: Run[] = [...runsOfAll(commands, from, runs)];
  const seen = new Set<string>();
  for (let next = waiting.pop(); next !== undefined && seen.size < MAX_FOLLOWED; next = waiting.pop()) {
    const key = keyOf(next.path, next.name);
    if (seen.has(key) || informs(next.name)) continue;
    seen.add(key);
    if (next.deciding.some((command) => isGate(command) && !BUILDS.test(command))) return true;
    waiting.push(...runsOfAll(next.deciding, next.folder, runs));
  }
  return false;
}

function runsOfAll(commands: readonly string[], from: string, runs: RunsOf): readonly Run[] {
  const found: Run[] = [];
  const folderOf = folderTrail(from);
  for (const command of commands) {
    const folder = folderOf(command);
    if (folder !== undefined) found.push(...runs(command, folder));
  }
  return found;
}

function keyOf(path: string, name: string): string {
  return `${path}\n${name}`;
}

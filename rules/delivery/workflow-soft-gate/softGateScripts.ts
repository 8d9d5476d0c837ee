import type { Anchor, ProjectContext } from '#api';
import { resolvePath } from '../../_shared/filePath.ts';
import { nearestPackage } from '../../_shared/project/nearestPackage.ts';
import { testFilesFacet } from '../../_shared/testing/testFilesFacet.ts';
import { type GateRun, gateRuns, leadsToGate, type RunsOf } from './gateRuns.ts';
import { type SoftScript, softScriptsFacet } from './softScripts.ts';
import { type SoftStep, softStepsFacet } from './softSteps.ts';

type View = Pick<ProjectContext<string, unknown>, 'all' | 'root' | 'exists'>;

/** A check in a script that cannot fail the workflow which runs it. */
export interface SoftGateScript {
  readonly path: string;
  readonly at: Anchor;
  readonly found: SoftScript;
  readonly run: GateRun;
}

/** Finds soft checks in scripts, recipes and targets that a job of a workflow depends on. */
export function softGateScripts(ctx: View, runs: RunsOf): readonly SoftGateScript[] {
  const files = [...ctx.all(softScriptsFacet)];
  if (files.length === 0) return [];
  const runOf = gateRuns(ctx, runs);
  const seen = new Set<string>();
  const found = files.flatMap(({ path, value }) =>
    value.flatMap((one) => {
      const run = runOf(path, one.script);
      // One recipe may be that of several targets.
      const key = `${path}\n${one.at}\n${one.message}`;
      if (run === undefined || seen.has(key)) return [];
      seen.add(key);
      return [{ path, at: one.at, found: one, run }];
    }),
  );
  if (!found.some((one) => one.found.message === 'noTests')) return found;
  // Without a single test the flag is there for good.
  const tested = new Set([...ctx.all(testFilesFacet)].map(({ path }) => nearestPackage(path, ctx)));
  return found.filter((one) => one.found.message !== 'noTests' || tested.has(nearestPackage(one.path, ctx)));
}

/** A place in a workflow that passes over the failure of a check which its commands lead to. */
export interface SoftGateStep {
  readonly path: string;
  readonly at: Anchor;
  readonly message: SoftStep['message'];
  readonly command: string;
}

/** Finds places in workflows that pass over what scripts, recipes and tasks check. */
export function softGateSteps(ctx: View, runs: RunsOf): readonly SoftGateStep[] {
  return [...ctx.all(softStepsFacet)].flatMap(({ path, value }) =>
    value.flatMap(({ at, message, commands }) => {
      const gate = commands.find((call) => {
        const folder = /^\/|\$/.test(call.folder) ? undefined : resolvePath(ctx.root, call.folder);
        return folder !== undefined && leadsToGate(call.commands, folder, runs);
      });
      return gate === undefined ? [] : [{ path, at, message, command: gate.shown }];
    }),
  );
}

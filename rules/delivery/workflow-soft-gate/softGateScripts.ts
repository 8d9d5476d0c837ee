import type { Anchor, ProjectContext } from '#api';
import { folderOf } from '../../_shared/filePath.ts';
import { nearestPackage } from '../../_shared/project/nearestPackage.ts';
import { testFilesFacet } from '../../_shared/testing/testFilesFacet.ts';
import { type GateRun, gateRuns } from './gateRuns.ts';
import { type SoftScript, softScriptsFacet } from './softScripts.ts';

type View = Pick<ProjectContext<string, unknown>, 'all' | 'root' | 'exists'>;

/** A check in a script that cannot fail the workflow which runs it. */
export interface SoftGateScript {
  readonly path: string;
  readonly at: Anchor;
  readonly found: SoftScript;
  readonly run: GateRun;
}

/** Finds soft checks in scripts of package.json that a job of a workflow depends on. */
export function softGateScripts(ctx: View): readonly SoftGateScript[] {
  const files = [...ctx.all(softScriptsFacet)];
  if (files.length === 0) return [];
  const runOf = gateRuns(ctx);
  const found = files.flatMap(({ path, value }) =>
    value.flatMap((one) => {
      const run = runOf(folderOf(path), one.script);
      return run === undefined ? [] : [{ path, at: one.at, found: one, run }];
    }),
  );
  if (!found.some((one) => one.found.message === 'noTests')) return found;
  // Without a single test the flag is there for good.
  const tested = new Set([...ctx.all(testFilesFacet)].map(({ path }) => nearestPackage(path, ctx)));
  return found.filter((one) => one.found.message !== 'noTests' || tested.has(folderOf(one.path)));
}

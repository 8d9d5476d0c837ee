import type { ProjectContext } from '#api';
import { decidingCommands } from '../../_shared/delivery/deciding.ts';
import { folderAfter, type ScriptRun, scriptRuns } from '../../_shared/delivery/scriptRuns.ts';
import { commandsOf } from '../../_shared/delivery/shell.ts';
import { workflowReader } from '../../_shared/delivery/workflowChecks.ts';
import type { JobFacts } from '../../_shared/delivery/workflowFacet.ts';
import { workspacePackages } from '../../_shared/project/workspacePackages.ts';
import { decidingSteps } from './decidingSteps.ts';
import { informs } from './gates.ts';

/** The job that runs a script, and fails with it. */
export interface GateRun {
  /** The workflow. */
  readonly path: string;
  readonly job: JobFacts;
}

type View = Pick<ProjectContext<string, unknown>, 'all' | 'root' | 'exists'>;

/** More scripts than workflows reach. */
const MAX_SCRIPTS = 5000;

/**
 * Tells which job of a workflow a script of a package decides about, the first one where there are several. The check has to
 * list `workflowFacet`, `scriptsFacet`, `packageFacet` and `workspaceFacet`.
 */
export function gateRuns(ctx: View): (folder: string, script: string) => GateRun | undefined {
  const { exists } = ctx;
  const packages = { ...workspacePackages(ctx), exists };
  const reached = new Map<string, GateRun>();
  const waiting: (ScriptRun & { readonly run: GateRun })[] = [];
  const follow = (commands: readonly string[], from: string, run: GateRun): void => {
    let folder: string | undefined = from;
    for (const command of commands) {
      folder = folderAfter(command, folder);
      if (folder === undefined) return;
      for (const script of scriptRuns(command, folder, packages)) {
        const key = keyOf(script.folder, script.name);
        if (reached.has(key) || reached.size > MAX_SCRIPTS || informs(script.name)) continue;
        reached.set(key, run);
        waiting.push({ ...script, run });
      }
    }
  };
  for (const { path, job, commands, folder } of decidingSteps(workflowReader(ctx), ctx.root, informs)) {
    follow(commands, folder, { path, job });
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const body = packages.scriptsOf(next.folder)?.[next.name] ?? '';
      const deciding = decidingCommands(commandsOf(body), false).map(({ text }) => text);
      follow(deciding, next.folder, next.run);
    }
  }
  return (folder, script) => reached.get(keyOf(folder, script));
}

function keyOf(folder: string, script: string): string {
  return `${folder}\n${script}`;
}

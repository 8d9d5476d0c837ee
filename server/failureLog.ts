import type { Workspace } from '#engine/workspace/workspace.ts';

/** Writes what failed in a workspace to the log, each failure once per session. */
export function failureLog(log: (message: string) => void): (workspace: Workspace) => void {
  const reported = new Set<string>();
  return (workspace) => {
    for (const { rule, path, error, fix } of workspace.failures()) {
      const key = JSON.stringify([rule, fix, error]);
      if (reported.has(key)) continue;
      reported.add(key);
      const what =
        fix === undefined
          ? `The rule ${rule} failed on ${path} and is off for it`
          : `The fix "${fix}" of the rule ${rule} failed on ${path}`;
      log(`${what}; please report this.\n${error}`);
    }
  };
}

import { analyze } from '#cli/check/analyze.ts';
import { type OpenProject, openProject } from '#cli/check/openProject.ts';
import type { Progress } from '#cli/progress.ts';
import type { Finding } from '#engine/api/finding.ts';
import { rules } from '#rules/index.generated.ts';

export const quiet: Progress = { update: () => {}, clear: () => {} };
export const unstoppable: AbortSignal = new AbortController().signal;

/** A project of which everything is analysed. `only` names the rules that run; none for all that are on. */
export async function opened(root: string, only: readonly string[]): Promise<OpenProject> {
  const project = await openProject(
    { root, files: [], folders: [root] },
    {
      rules,
      only: only.length === 0 ? undefined : { rules: only, categories: [] },
      configFile: undefined,
      signal: unstoppable,
      progress: quiet,
    },
  );
  await analyze(project, unstoppable, quiet);
  return project;
}

/** All findings of an analysed project. */
export function findingsOf({ workspace }: OpenProject): readonly Finding[] {
  return workspace.paths().flatMap((path) => workspace.findings(path));
}

/** What a finding is about, wherever it is: a fix may move the others. */
export function kindOf({ rule, messageId }: Finding): string {
  return `${rule} (${messageId})`;
}

import type { RegisteredRule } from '#api';
import { createConfiguration } from '#engine/config/configuration.ts';
import { createWorkspace } from '#engine/workspace/create.ts';
import type { Scheduler, Workspace } from '#engine/workspace/workspace.ts';
import { createMemoryHost } from '#host/memory.ts';
import { rules as allRules } from '#rules/index.generated.ts';

export const root = '/w';

/** Never pauses. */
export const atOnce: Scheduler = { budget: Number.POSITIVE_INFINITY, pause: async () => {}, superseded: false };

export interface JudgeOptions {
  readonly rules?: readonly RegisteredRule[];
  readonly today?: string;
  readonly settings?: unknown;
}

/** A workspace over files, by paths relative to its root; what its files say can be changed in the map. */
export function workspaceOf(
  files: Readonly<Record<string, string>>,
  { rules = allRules, today = '2026-06-01', settings = {} }: JudgeOptions = {},
): Workspace {
  const host = createMemoryHost(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`${root}/${path}`, text])),
  );
  const configuration = createConfiguration({ root, host, rules, settings });
  const workspace = createWorkspace({
    root,
    rules,
    host,
    configuration,
    today: () => today,
  });
  workspace.refresh(Object.keys(files).map((path) => `${root}/${path}`));
  return workspace;
}

/** Runs all lanes of all documents, and then judges. */
export async function judge(workspace: Workspace): Promise<Workspace> {
  for (const path of workspace.paths()) {
    await workspace.analyze(path, 'syntax', atOnce);
    await workspace.analyze(path, 'types', atOnce);
  }
  await workspace.analyze(root, 'checklist', atOnce);
  const [failure] = workspace.failures();
  if (failure !== undefined) throw new Error(`${failure.rule} threw on ${failure.path}: ${failure.error}`);
  return workspace;
}

/** Verdicts by title, for documents in which titles are unique. */
export function verdicts(workspace: Workspace): Readonly<Record<string, string>> {
  const items = workspace.checklist().documents.flatMap((document) => document.items);
  return Object.fromEntries(items.map(({ item, verdict }) => [item.title, verdict]));
}

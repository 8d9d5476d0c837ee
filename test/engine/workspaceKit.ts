import type { RegisteredRule } from '#api';
import type { Configuration } from '#engine/config/types.ts';
import { createWorkspace } from '#engine/workspace/create.ts';
import type { Host } from '#engine/workspace/host.ts';
import type { Scheduler, Workspace } from '#engine/workspace/workspace.ts';

/** Everything on, default options, nothing excluded: tests of the engine bring their own settings where they matter. */
export function openConfiguration(rules: readonly RegisteredRule[]): Configuration {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return {
    for: () => ({
      hash: 'open',
      excluded: false,
      rule: (id) => ({ priority: undefined, options: byId.get(id)?.options.parse({}) }),
      providers: () => new Set(),
      gatewaysBefore: () => [],
      maxFileSize: 4_000_000,
      checklist: undefined,
      explain: () => [],
    }),
    problems: () => [],
    sources: () => new Set(),
    invalidate: () => {},
  };
}

/** A file system in a map. */
export function mapHost(files: ReadonlyMap<string, string>): Host {
  const isFolder = (path: string) => [...files.keys()].some((file) => file.startsWith(`${path}/`));
  return {
    readText: (path) => files.get(path),
    isFile: (path) => files.has(path),
    isFolder,
    list: () => [],
  };
}

export const root = '/w';

export function workspaceOver(files: ReadonlyMap<string, string>, rules: readonly RegisteredRule[]): Workspace {
  return createWorkspace({ root, rules, host: mapHost(files), configuration: openConfiguration(rules) });
}

/** Never pauses. */
export const atOnce: Scheduler = { budget: Number.POSITIVE_INFINITY, pause: async () => {}, superseded: false };

/** Runs every lane for a document and gives all its findings as comparable lines. */
export async function findingLines(workspace: Workspace, path: string): Promise<readonly string[]> {
  await workspace.analyze(path, 'syntax', atOnce);
  await workspace.analyze(path, 'types', atOnce);
  await workspace.analyze(path, 'project', atOnce);
  return workspace.findings(path).map((f) => `${f.rule} ${f.start}-${f.end} ${f.message}`);
}

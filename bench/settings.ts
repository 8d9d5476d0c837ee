import type { RegisteredRule } from '#api';
import type { Configuration, ResolvedConfig } from '#engine/config/types.ts';
import type { Host } from '#engine/workspace/host.ts';
import type { Scheduler } from '#engine/workspace/workspace.ts';

/** Settings without files: every rule on, at its own priority and default options. */
export function everythingOn(rules: readonly RegisteredRule[]): Configuration {
  const settings = new Map(
    rules.map(({ id, options }) => [id, { priority: undefined, options: options.parse({}) }] as const),
  );
  const noProviders: ReadonlySet<string> = new Set();
  const config: ResolvedConfig = {
    hash: 'bench',
    excluded: false,
    rule: (id) => settings.get(id),
    providers: () => noProviders,
    gatewaysBefore: () => [],
    maxFileSize: 100_000_000,
    checklist: undefined,
    explain: () => [],
  };
  return { for: () => config, problems: () => [], sources: () => new Set(), invalidate: () => {} };
}

/** A file system with nothing in it: the only file is the one that is open. */
export const noFiles: Host = {
  readText: () => undefined,
  isFile: () => false,
  isFolder: () => false,
  list: () => [],
};

/** Work that nobody interrupts. */
export const atOnce: Scheduler = { budget: Number.POSITIVE_INFINITY, pause: async () => {}, superseded: false };

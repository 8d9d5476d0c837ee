import type { RegisteredRule } from '#api';
import type { Configuration, ResolvedConfig } from '#engine/config/types.ts';
import type { Host } from '#engine/workspace/host.ts';
import type { Scheduler } from '#engine/workspace/workspace.ts';

/** The folder of {@link serviceFolder}. */
export const SERVICE_ROOT = '/bench';

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

/** What the generated files import. Without it rules about services would take them for something else, and rest. */
const MANIFEST = JSON.stringify({
  name: 'orders',
  private: true,
  dependencies: { express: '^5.0.0', pg: '^8.0.0', pino: '^9.0.0' },
  devDependencies: { typescript: '^5.0.0' },
});

/** A folder that holds a package.json and nothing else on disk: the only other file is the one that is open. */
export const serviceFolder: Host = {
  readText: (path) => (path === `${SERVICE_ROOT}/package.json` ? MANIFEST : undefined),
  isFile: (path) => path === `${SERVICE_ROOT}/package.json`,
  isFolder: () => false,
  list: () => [],
};

/** Work that nobody interrupts. */
export const atOnce: Scheduler = { budget: Number.POSITIVE_INFINITY, pause: async () => {}, superseded: false };

import type { ProviderRole } from '../api/rule.ts';
import { resolvePath } from '../document/paths.ts';
import type { Host } from '../workspace/host.ts';
import { type ConfigSettings, providerRoles } from './schema.ts';
import type { ConfigOrigin } from './types.ts';

/** What plays each role, and the files that said so. */
export type Providers = ReadonlyMap<
  ProviderRole,
  { readonly references: ReadonlySet<string>; readonly origin: ConfigOrigin }
>;

interface ProviderSource {
  readonly source: string;
  readonly folder: string;
  readonly settings: ConfigSettings;
}

/** Adds up the providers of all sources, weakest first; the origin is the last one that named any. */
export function collectProviders(sources: readonly ProviderSource[]): Providers {
  const providers = new Map<ProviderRole, { references: Set<string>; origin: ConfigOrigin }>();
  for (const { source, folder, settings } of sources) {
    for (const role of providerRoles) {
      const references = settings.providers?.[role];
      if (references === undefined) continue;
      const known = providers.get(role)?.references ?? [];
      providers.set(role, {
        references: new Set([...known, ...references.map((reference) => absolute(reference, folder))]),
        origin: { source, at: `providers.${role}` },
      });
    }
  }
  return providers;
}

const EXTENSIONS = ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs'];

/** References to files that are not there. */
export function missingModules(
  settings: ConfigSettings,
  folder: string,
  host: Host,
): readonly { readonly role: ProviderRole; readonly reference: string }[] {
  const exists = (reference: string): boolean => {
    const module = moduleOf(absolute(reference, folder));
    return EXTENSIONS.some((ext) => host.isFile(`${module}.${ext}`) || host.isFile(`${module}/index.${ext}`));
  };
  return providerRoles.flatMap((role) =>
    (settings.providers?.[role] ?? [])
      .filter((reference) => isRelative(reference) && !exists(reference))
      .map((reference) => ({ role, reference })),
  );
}

/** `./mw/limit.ts#apiLimiter` → `/repo/mw/limit#apiLimiter`; references to packages stay as they are. */
function absolute(reference: string, folder: string): string {
  if (!isRelative(reference)) return reference.replace(/^node:/, '');
  const module = resolvePath(folder, moduleOf(reference));
  return module.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '') + reference.slice(moduleOf(reference).length);
}

function moduleOf(reference: string): string {
  return reference.slice(0, reference.lastIndexOf('#'));
}

function isRelative(reference: string): boolean {
  return /^\.{1,2}\//.test(reference);
}

import type { ProviderRole } from '../api/rule.ts';
import { resolvePath } from '../document/paths.ts';
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

/** `./mw/limit.ts#apiLimiter` → `/repo/mw/limit#apiLimiter`; references to packages stay as they are. */
function absolute(reference: string, folder: string): string {
  if (!/^\.{1,2}\//.test(reference)) return reference.replace(/^node:/, '');
  const hash = reference.lastIndexOf('#');
  const module = resolvePath(folder, reference.slice(0, hash));
  return module.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '') + reference.slice(hash);
}

import type { ProjectContext, ProviderRole } from '#api';
import { packageFacet } from '../../project/packageFacet.ts';
import type { WebService } from './model.ts';
import { webFacet } from './webFacet.ts';

/** What the model reads of a project check's context; the check has to list `WEB_FACETS`. */
export type WebView = Pick<ProjectContext<string, unknown>, 'root' | 'all' | 'providers' | 'resolveImport'>;

interface Remembered {
  /** Values of all files the model was made from, by identity. */
  readonly parts: readonly unknown[];
  /** Imports that were asked for, with the answers: files that came or went may change these alone. */
  readonly resolved: ReadonlyMap<string, readonly [from: string, specifier: string, target: string | undefined]>;
  /** Declarations that were asked for, with the answers. */
  readonly declared: ReadonlyMap<string, readonly [role: ProviderRole, path: string, references: ReadonlySet<string>]>;
  readonly services: readonly WebService[];
}

/** The latest model of each workspace, told by its resolver (cache: web models). */
const models = new WeakMap<WebView['resolveImport'], Remembered>();

/** Makes the model once for all rules that ask one after the other while nothing changed that it was made from. */
export function remembering(view: WebView, make: (view: WebView) => readonly WebService[]): readonly WebService[] {
  const parts = partsOf(view);
  const known = models.get(view.resolveImport);
  if (known !== undefined && isSame(known, parts, view)) return known.services;
  const resolved = new Map<string, readonly [string, string, string | undefined]>();
  const declared = new Map<string, readonly [ProviderRole, string, ReadonlySet<string>]>();
  const services = make({
    ...view,
    providers(role, path) {
      const references = view.providers(role, path);
      declared.set(`${role}\n${path}`, [role, path, references]);
      return references;
    },
    resolveImport(from, specifier) {
      const target = view.resolveImport(from, specifier);
      resolved.set(`${from}\n${specifier}`, [from, specifier, target]);
      return target;
    },
  });
  models.set(view.resolveImport, { parts, resolved, declared, services });
  return services;
}

function partsOf({ root, all }: WebView): readonly unknown[] {
  const parts: unknown[] = [root];
  for (const facet of [webFacet, packageFacet]) {
    for (const { path, value, isTest } of all<unknown>(facet)) parts.push(path, value, isTest);
  }
  return parts;
}

function isSame(
  { parts, resolved, declared }: Remembered,
  now: readonly unknown[],
  { resolveImport, providers }: WebView,
): boolean {
  if (parts.length !== now.length || parts.some((part, index) => part !== now[index])) return false;
  for (const [from, specifier, target] of resolved.values()) {
    if (resolveImport(from, specifier) !== target) return false;
  }
  for (const [role, path, references] of declared.values()) {
    const now = providers(role, path);
    if (now !== references && (now.size !== references.size || [...now].some((one) => !references.has(one))))
      return false;
  }
  return true;
}

import type { FileValue, ProjectContext } from '#api';
import { folderOf, resolvePath } from '../../filePath.ts';
import type { PackageEntries } from '../../project/packageEntries.ts';
import { packageFacet } from '../../project/packageFacet.ts';
import {
  type ConfigRunner,
  type ConfigValue,
  type Layer,
  type RunnerConfig,
  runnerConfigFacet,
} from './configFacet.ts';

/** A configuration and the file it stands in. */
export interface PlacedConfig extends RunnerConfig {
  readonly path: string;
}

/** A setting that may have the last word in a configuration, and the file that says it. */
export interface FoundSetting {
  readonly path: string;
  readonly setting: ConfigValue;
}

interface Search {
  readonly names: readonly string[];
  readonly found: FoundSetting[];
  /** Only presets are still heard. */
  isHidden: boolean;
}

/** What Jest merges with that of a preset. */
const MERGED: ReadonlySet<string> = new Set(['transform', 'globals', 'moduleNameMapper']);

type View = Pick<ProjectContext<string, unknown>, 'all' | 'resolveImport'>;

/** Ends of what a module may be called without. */
const ENDS = ['', '.js', '.cjs', '.mjs', '.ts', '.mts', '.cts', '.json', '/index.js', '/index.ts', '/index.json'];
const PRESET_ENDS = ['/jest-preset.js', '/jest-preset.cjs', '/jest-preset.mjs', '/jest-preset.json', ...ENDS];
/** Bases of bases; nobody has more. */
const MAX_DEPTH = 12;

/** A package of the workspace: its folder, and where others find what they import of it. */
export interface GivingPackage {
  readonly folder: string;
  readonly entries: PackageEntries;
}

/** The packages of a workspace by name. The check has to list `packageFacet`. */
export function givingPackages({ all }: Pick<View, 'all'>): ReadonlyMap<string, GivingPackage> {
  return new Map(
    [...all(packageFacet)].flatMap(({ path, value }) =>
      value.name ? [[value.name, { folder: folderOf(path), entries: value.entries }]] : [],
    ),
  );
}

/**
 * The file of a workspace that a configuration names to take it in: by path, by a package of the workspace, or as Jest looks for
 * a preset. `undefined` for what lies elsewhere.
 */
export function configFile(
  from: string,
  module: string,
  isPreset: boolean,
  packages: ReadonlyMap<string, GivingPackage>,
  isConfig: (path: string) => boolean,
): string | undefined {
  const written = module.replace(/^<rootDir>(?=\/|$)/, '.');
  const [, name = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(written) ?? [];
  const found = (path: string) => (isPreset ? PRESET_ENDS : ENDS).map((end) => `${path}${end}`).find(isConfig);
  if (/^\.{0,2}(?:\/|$)/.test(written)) return found(resolvePath(folderOf(from), written));
  const giving = packages.get(name);
  if (giving === undefined) return undefined;
  // Jest looks for a preset by the name of the file.
  const entry = isPreset && rest === '' ? undefined : giving.entries[`.${rest}`];
  return (entry && found(resolvePath(giving.folder, entry))) ?? found(`${giving.folder}${rest}`);
}

/**
 * Follows configurations of test runners through the files that they take in. The check has to list `runnerConfigFacet` and
 * `packageFacet`.
 */
export class ConfigChains {
  readonly #files: ReadonlyMap<string, readonly RunnerConfig[]>;
  readonly #packages: ReadonlyMap<string, GivingPackage>;
  readonly #view: View;

  constructor(view: View) {
    this.#view = view;
    this.#files = new Map(
      [...view.all(runnerConfigFacet)].map(({ path, value }: FileValue<readonly RunnerConfig[]>) => [path, value]),
    );
    this.#packages = givingPackages(view);
  }

  /**
   * Configurations that a run may start with: those the runner takes by itself, and those that are called like one and that no
   * other takes in.
   */
  get roots(): readonly (PlacedConfig & { readonly runner: ConfigRunner })[] {
    const all = [...this.#files].flatMap(([path, configs]) => configs.map((config) => ({ ...config, path })));
    const taken = new Set(
      all.flatMap((config) =>
        config.layers.flatMap((layer) => {
          const base = layer.kind === 'file' ? this.#base(config.path, layer) : undefined;
          return base === undefined ? [] : [`${base.path} ${base.name}`];
        }),
      ),
    );
    return all.flatMap((config) =>
      config.runner !== undefined && (config.isMain || !taken.has(`${config.path} ${config.name}`))
        ? [{ ...config, runner: config.runner }]
        : [],
    );
  }

  /** Whether a file is a base that the configuration takes in, over any number of files, or is its own. */
  takes(config: PlacedConfig, path: string): boolean {
    return this.#reach(config, new Set()).has(path);
  }

  /** Folder that a configuration looks for files in: its `rootDir`, or the one it stands in. */
  rootOf(config: PlacedConfig): string {
    const [root] = this.settings(config, 'rootDir');
    const written = root?.setting.value;
    return typeof written === 'string' ? resolvePath(folderOf(config.path), written) : folderOf(config.path);
  }

  /**
   * Settings under a path of names that may have the last word in a configuration, the most urgent first: of several layers the
   * later one wins, those under a condition may or may not. What an unseen layer may say is left out, with all below it. What Jest
   * merges with that of a preset hides it only where it says the same.
   */
  settings(config: PlacedConfig, ...names: readonly string[]): readonly FoundSetting[] {
    const search: Search = { names, found: [], isHidden: false };
    this.#collect(config, search, 0);
    return search.found;
  }

  /** @returns whether what lies below is still heard */
  #collect(config: PlacedConfig, search: Search, depth: number): boolean {
    if (depth > MAX_DEPTH) return false;
    for (const layer of config.layers.toReversed()) {
      const goesOn = this.#hear(config.path, layer, search, depth);
      if (!goesOn && layer.maybe !== true) return false;
    }
    return true;
  }

  #hear(path: string, layer: Layer, search: Search, depth: number): boolean {
    if (layer.kind === 'file') {
      const isPreset = layer.isPreset === true;
      const base = this.#base(path, layer);
      if (base === undefined) return isPreset || search.isHidden;
      // A preset is heard below what hides all else.
      return this.#collect(base, isPreset ? { ...search, isHidden: false } : search, depth + 1);
    }
    if (search.isHidden) return true;
    if (layer.kind === 'open') return false;
    const { setting, hides } = settingAt(layer.settings, search.names);
    if (setting === undefined) return !hides || layer.deep === true;
    search.found.push({ path, setting });
    if (setting.isOpen === true) return true;
    search.isHidden = MERGED.has(search.names.join('.')) && layer.maybe !== true;
    return search.isHidden;
  }

  #base(
    from: string,
    layer: { readonly module: string; readonly name: string; readonly isPreset?: true },
  ): PlacedConfig | undefined {
    const isConfig = (path: string) => this.#files.has(path);
    const resolved = layer.isPreset ? undefined : this.#view.resolveImport(from, layer.module);
    const path =
      resolved !== undefined && isConfig(resolved)
        ? resolved
        : configFile(from, layer.module, layer.isPreset === true, this.#packages, isConfig);
    if (path === undefined) return undefined;
    const configs = this.#files.get(path) ?? [];
    const config = configs.find(({ name }) => name === layer.name);
    if (config !== undefined) return { ...config, path };
    const part = partOf(
      configs.find(({ name }) => name === 'default'),
      layer.name,
    );
    return part && { name: layer.name, isMain: false, layers: [{ kind: 'own', settings: part }], path };
  }

  #reach(config: PlacedConfig, seen: Set<string>): ReadonlySet<string> {
    if (seen.has(config.path)) return seen;
    seen.add(config.path);
    for (const layer of config.layers) {
      const base = layer.kind === 'file' ? this.#base(config.path, layer) : undefined;
      if (base !== undefined) this.#reach(base, seen);
    }
    return seen;
  }
}

/** A member of what a file exports whole: `module.exports = { unit: { … } }`. */
function partOf(whole: RunnerConfig | undefined, name: string): Readonly<Record<string, ConfigValue>> | undefined {
  const layer = whole?.layers.findLast((one) => one.kind === 'own' && one.settings[name] !== undefined);
  return layer?.kind === 'own' ? layer.settings[name]?.members : undefined;
}

/** The setting under a path of names, and whether an object on the way puts itself in place of those below. */
function settingAt(
  settings: Readonly<Record<string, ConfigValue>>,
  names: readonly string[],
): { readonly setting?: ConfigValue; readonly hides: boolean } {
  const [name = '', ...rest] = names;
  const found = settings[name];
  if (found === undefined) return { hides: false };
  if (rest.length === 0) return { setting: found, hides: true };
  if (found.members === undefined) return { hides: true };
  const inner = settingAt(found.members, rest);
  return inner.setting === undefined ? { hides: found.isOpen !== true } : inner;
}

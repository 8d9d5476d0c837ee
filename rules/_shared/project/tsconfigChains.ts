import type { FileValue } from '#api';
import { folderOf, resolvePath } from '../filePath.ts';
import { basePaths, isStrictPreset } from './tsconfigBases.ts';
import type { Compiling, Tsconfig } from './tsconfigFacet.ts';

/** A tsconfig with all that it extends, itself first. */
export interface Chain {
  readonly links: readonly Link[];
  /** How many links come before the first base that sets `strict` and lies outside of the workspace. */
  readonly strictPresetAt?: number;
  /** How many links come before the first base that cannot be seen, and may say anything. */
  readonly unknownAt?: number;
  /** Bases that lie outside of the workspace, as written, and how many links come before each. */
  readonly foreign: readonly { readonly base: string; readonly at: number }[];
}

interface Link {
  readonly path: string;
  readonly tsconfig: Tsconfig;
}

/** Reads chains of `extends` in a workspace. */
export class Chains {
  readonly #tsconfigs: ReadonlyMap<string, Tsconfig>;
  readonly #packages: ReadonlyMap<string, string>;
  readonly #compilers: ReadonlyMap<string, string>;
  readonly #chains = new Map<string, Chain>();

  constructor(values: readonly FileValue<Compiling>[]) {
    this.#tsconfigs = new Map(values.flatMap(({ path, value }) => (value.tsconfig ? [[path, value.tsconfig]] : [])));
    const packages = values.flatMap(({ path, value }) =>
      value.package ? [{ folder: folderOf(path), ...value.package }] : [],
    );
    this.#packages = new Map(packages.flatMap(({ folder, name }) => (name === '' ? [] : [[name, folder]])));
    this.#compilers = new Map(
      packages.flatMap(({ folder, typescript }) => (typescript === undefined ? [] : [[folder, typescript]])),
    );
  }

  /** All tsconfig files by path. */
  get all(): ReadonlyMap<string, Tsconfig> {
    return this.#tsconfigs;
  }

  /** The chain that starts with a file. */
  of(path: string): Chain {
    const chain = this.#chains.get(path) ?? this.#follow(path);
    this.#chains.set(path, chain);
    return chain;
  }

  /** What a file extends itself: paths of the workspace, and published bases, as written, that are known to be strict. */
  basesOf(path: string): readonly string[] {
    const bases = this.#tsconfigs.get(path)?.extends ?? [];
    return bases.flatMap((base) => this.#find(path, base) ?? (isStrictPreset(base) ? base : []));
  }

  #find(from: string, base: string): string | undefined {
    return basePaths(from, base, this.#packages).find((candidate) => this.#tsconfigs.has(candidate));
  }

  #follow(path: string): Chain {
    const links: Link[] = [];
    let strictPresetAt: number | undefined;
    let unknownAt: number | undefined;
    const foreign: { base: string; at: number }[] = [];
    const visit = (at: string): void => {
      const tsconfig = this.#tsconfigs.get(at);
      if (tsconfig === undefined || links.some((link) => link.path === at)) return;
      links.push({ path: at, tsconfig });
      // Of several bases the last one wins.
      for (const base of tsconfig.extends.toReversed()) {
        const found = this.#find(at, base);
        if (found !== undefined) {
          visit(found);
          continue;
        }
        foreign.push({ base, at: links.length });
        if (isStrictPreset(base)) strictPresetAt ??= links.length;
        else unknownAt ??= links.length;
      }
    };
    visit(path);
    return {
      links,
      foreign,
      ...(strictPresetAt !== undefined && { strictPresetAt }),
      ...(unknownAt !== undefined && { unknownAt }),
    };
  }

  /** For each file the projects that what it says may hold for: itself, unless it is a base alone, and those that extend it. */
  get projects(): ReadonlyMap<string, readonly string[]> {
    const extending = new Map<string, string[]>();
    for (const path of this.#tsconfigs.keys()) {
      for (const { path: base } of this.of(path).links.slice(1)) {
        const users = extending.get(base);
        if (users === undefined) extending.set(base, [path]);
        else users.push(path);
      }
    }
    const { referenced } = this;
    const isProject = (path: string): boolean =>
      !extending.has(path) ||
      ((path.endsWith('/tsconfig.json') || referenced.has(path)) && this.#tsconfigs.get(path)?.isSolution !== true);
    return new Map(
      [...this.#tsconfigs.keys()].map((path) => [path, [path, ...(extending.get(path) ?? [])].filter(isProject)]),
    );
  }

  /** Projects that other files name for the compiler to build with them. */
  get referenced(): ReadonlySet<string> {
    return new Set([...this.#tsconfigs.keys()].flatMap((path) => this.referencesOf(path)));
  }

  /** Paths of the projects that a file names for the compiler to build with it. */
  referencesOf(path: string): readonly string[] {
    return (this.#tsconfigs.get(path)?.references ?? []).map((reference) => {
      const at = resolvePath(folderOf(path), reference);
      return at.endsWith('.json') ? at : `${at}/tsconfig.json`;
    });
  }

  /** Whether the compiler of a folder is strict unless told otherwise, as it is from version 6 on, or cannot be told. */
  mayBeStrictByDefault(path: string): boolean {
    for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
      const range = this.#compilers.get(folder);
      if (range !== undefined) return Number(/^[\^~>=v\s]*(\d+)/.exec(range)?.[1] ?? 6) >= 6;
    }
    return false;
  }
}

/** What a chain says of an option: the first link that names it. */
export function optionIn({ links }: Chain, name: string): boolean | undefined {
  return links.map(({ tsconfig }) => tsconfig.options[name]?.on).find((on) => on !== undefined);
}

/** Whether `strict` holds in a chain, also by a base from elsewhere that comes before whoever says otherwise. */
export function isStrict(chain: Chain): boolean | undefined {
  const preset = chain.strictPresetAt ?? Number.POSITIVE_INFINITY;
  const link = chain.links.findIndex(({ tsconfig }) => tsconfig.options['strict'] !== undefined);
  if (link === -1) return preset < Number.POSITIVE_INFINITY ? true : undefined;
  return preset <= link ? true : chain.links[link]?.tsconfig.options['strict']?.on;
}

/** Whether what a file says of an option holds for the project at the start of a chain: nothing before it says otherwise. */
export function holdsIn({ links, strictPresetAt, unknownAt }: Chain, path: string, name: string): boolean {
  const link = links.findIndex(({ tsconfig }) => tsconfig.options[name] !== undefined);
  const hidden = Math.min(
    unknownAt ?? links.length,
    name === 'strict' ? (strictPresetAt ?? links.length) : links.length,
  );
  return links[link]?.path === path && link < hidden;
}

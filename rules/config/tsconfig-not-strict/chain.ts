import type { FileValue } from '#api';
import { folderOf, resolvePath } from '../../_shared/filePath.ts';
import { basePaths, isStrictPreset } from '../../_shared/project/tsconfigBases.ts';
import type { Strictness, Tsconfig } from './tsconfigs.ts';

/** A tsconfig with all that it extends, itself first. */
export interface Chain {
  readonly links: readonly { readonly path: string; readonly tsconfig: Tsconfig }[];
  /** Some base sets `strict` and lies outside of the workspace. */
  readonly hasStrictPreset: boolean;
  /** Some base cannot be seen, and may say anything. */
  readonly hasUnknown: boolean;
}

/** Reads chains of `extends` in a workspace. */
export class Chains {
  readonly #tsconfigs: ReadonlyMap<string, Tsconfig>;
  readonly #packages: ReadonlyMap<string, string>;
  readonly #compilers: ReadonlyMap<string, string>;

  constructor(values: readonly FileValue<Strictness>[]) {
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

  of(path: string): Chain {
    const links: { path: string; tsconfig: Tsconfig }[] = [];
    let hasStrictPreset = false;
    let hasUnknown = false;
    const visit = (at: string): void => {
      const tsconfig = this.#tsconfigs.get(at);
      if (tsconfig === undefined || links.some((link) => link.path === at)) return;
      links.push({ path: at, tsconfig });
      // Of several bases the last one wins.
      for (const base of tsconfig.extends.toReversed()) {
        const found = basePaths(at, base, this.#packages).find((candidate) => this.#tsconfigs.has(candidate));
        if (found !== undefined) visit(found);
        else if (isStrictPreset(base)) hasStrictPreset = true;
        else hasUnknown = true;
      }
    };
    visit(path);
    return { links, hasStrictPreset, hasUnknown };
  }

  /** Projects that files without sources of their own hand to the compiler. */
  get referenced(): ReadonlySet<string> {
    return new Set(
      [...this.#tsconfigs].flatMap(([path, { isSolution, references }]) =>
        (isSolution ? references : []).map((reference) => {
          const at = resolvePath(folderOf(path), reference);
          return at.endsWith('.json') ? at : `${at}/tsconfig.json`;
        }),
      ),
    );
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

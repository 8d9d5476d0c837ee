import { folderOf, isInside } from '../document/paths.ts';
import type { PackageView } from '../incremental/header.ts';
import { ts } from '../ts.ts';
import type { Host } from '../workspace/host.ts';

/** Answers which packages the files of a folder may use; kept until `clear` (cache: packages). */
export interface PackageReader {
  /** Dependencies of all package.json files from the file's folder up to the workspace root, nearest first. */
  viewFor(path: string): PackageView;
  clear(): void;
}

/** What may be used when the program runs, and what may be used at all. */
const SHIPPED = ['dependencies', 'peerDependencies', 'optionalDependencies'] as const;
const SECTIONS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/** Versions by name, and the names of those that are there for more than development. */
interface Dependencies {
  readonly versions: ReadonlyMap<string, string>;
  readonly shipped: ReadonlySet<string>;
}

const NONE: Dependencies = { versions: new Map(), shipped: new Set() };

/** Reads package.json files through the host. Broken ones count as empty: their own rules report them. */
export function packageReader(root: string, host: Host): PackageReader {
  const byFolder = new Map<string, Dependencies>();
  const views = new WeakMap<Dependencies, PackageView>();

  const inFolder = (folder: string): Dependencies => {
    const known = byFolder.get(folder);
    if (known !== undefined) return known;
    const above = folder !== root && isInside(folder, root) ? inFolder(folderOf(folder)) : NONE;
    const own = readDependencies(host.readText(`${folder}/package.json`));
    const all =
      own.versions.size === 0
        ? above
        : {
            versions: new Map([...above.versions, ...own.versions]),
            shipped: new Set([...above.shipped, ...own.shipped]),
          };
    byFolder.set(folder, all);
    return all;
  };

  return {
    viewFor(path) {
      const packages = inFolder(folderOf(path));
      let view = views.get(packages);
      if (view === undefined) {
        const { versions, shipped } = packages;
        const hash = [...versions]
          .map(([name, version]) => `${name}@${version}${shipped.has(name) ? '' : '!'}`)
          .sort()
          .join();
        view = {
          hash,
          version: (name) => versions.get(name),
          isForDevelopment: (name) => versions.has(name) && !shipped.has(name),
        };
        views.set(packages, view);
      }
      return view;
    },
    clear: () => byFolder.clear(),
  };
}

function readDependencies(text: string | undefined): Dependencies {
  if (text === undefined) return NONE;
  const parsed: unknown = ts.parseConfigFileTextToJson('package.json', text).config;
  if (typeof parsed !== 'object' || parsed === null) return NONE;
  const section = (name: string): readonly [string, unknown][] => {
    const entries: unknown = (parsed as Record<string, unknown>)[name];
    return typeof entries === 'object' && entries !== null ? Object.entries(entries) : [];
  };
  const versions = new Map<string, string>();
  for (const [name, version] of SECTIONS.flatMap(section)) {
    if (!versions.has(name)) versions.set(name, String(version));
  }
  return { versions, shipped: new Set(SHIPPED.flatMap(section).map(([name]) => name)) };
}

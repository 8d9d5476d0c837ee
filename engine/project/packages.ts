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

const SECTIONS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/** Reads package.json files through the host. Broken ones count as empty: their own rules report them. */
export function packageReader(root: string, host: Host): PackageReader {
  const byFolder = new Map<string, ReadonlyMap<string, string>>();
  const views = new WeakMap<ReadonlyMap<string, string>, PackageView>();

  const inFolder = (folder: string): ReadonlyMap<string, string> => {
    const known = byFolder.get(folder);
    if (known !== undefined) return known;
    const above = folder !== root && isInside(folder, root) ? inFolder(folderOf(folder)) : new Map<string, string>();
    const own = readDependencies(host.readText(`${folder}/package.json`));
    const all = own.size === 0 ? above : new Map([...above, ...own]);
    byFolder.set(folder, all);
    return all;
  };

  return {
    viewFor(path) {
      const packages = inFolder(folderOf(path));
      let view = views.get(packages);
      if (view === undefined) {
        const hash = [...packages]
          .map(([name, version]) => `${name}@${version}`)
          .sort()
          .join();
        view = { hash, version: (name) => packages.get(name) };
        views.set(packages, view);
      }
      return view;
    },
    clear: () => byFolder.clear(),
  };
}

function readDependencies(text: string | undefined): Map<string, string> {
  const found = new Map<string, string>();
  if (text === undefined) return found;
  const parsed: unknown = ts.parseConfigFileTextToJson('package.json', text).config;
  if (typeof parsed !== 'object' || parsed === null) return found;
  for (const section of SECTIONS) {
    const entries: unknown = (parsed as Record<string, unknown>)[section];
    if (typeof entries !== 'object' || entries === null) continue;
    for (const [name, version] of Object.entries(entries)) if (!found.has(name)) found.set(name, String(version));
  }
  return found;
}

import { folderOf, resolvePath } from '../document/paths.ts';
import type { Host } from '../workspace/host.ts';
import type { ConfigFile } from './configFile.ts';
import type { ConfigProblem } from './types.ts';

/** A config file at its place in the order of precedence. */
export interface ChainLink {
  readonly file: ConfigFile;
  /** What the file's globs are relative to. */
  readonly globFolder: string;
}

export interface ChainSource {
  readonly host: Host;
  /** Cached; `undefined` when there is no such file. */
  read(path: string): ConfigFile | undefined;
}

/**
 * A config file with all it extends, weakest first; each file once. Globs are relative to the folder of the file they are
 * written in, those of a package to the folder of the file that extends it: inside node_modules they could match nothing.
 */
export function extendsChain(
  file: ConfigFile,
  globFolder: string,
  source: ChainSource,
): { readonly links: readonly ChainLink[]; readonly problems: readonly ConfigProblem[] } {
  const links: ChainLink[] = [];
  const problems: ConfigProblem[] = [];
  const done = new Set<string>();
  const visit = (current: ConfigFile, folder: string, trail: readonly string[]): void => {
    done.add(current.path);
    for (const reference of [current.settings.extends ?? []].flat()) {
      const report = (message: string) =>
        problems.push({ path: current.path, span: current.extendsSpan(reference), message });
      const target = locate(reference, folderOf(current.path), source.host);
      const base = target === undefined ? undefined : source.read(target);
      if (base === undefined) {
        report(missing(reference));
      } else if (base.path === current.path || trail.includes(base.path)) {
        const names = [...trail.slice(trail.indexOf(base.path)), current.path, base.path];
        report(
          `This makes the file extend itself (${names.map(shortName).join(' → ')}). Remove one of these references.`,
        );
      } else if (!done.has(base.path)) {
        visit(base, isRelative(reference) ? folderOf(base.path) : folder, [...trail, current.path]);
      }
    }
    links.push({ file: current, globFolder: folder });
  };
  visit(file, globFolder, []);
  return { links, problems };
}

function missing(reference: string): string {
  return isRelative(reference)
    ? `There is no config file "${reference}". The path is relative to this file and names a .json file or a folder that holds airworthy.json.`
    : `The package "${reference}" has no airworthy.json, or is not installed. Install it, or start a path to a file with "./".`;
}

function isRelative(reference: string): boolean {
  return reference.startsWith('./') || reference.startsWith('../') || reference === '.' || reference === '..';
}

/** The file a reference names: a relative path, or a package looked up in node_modules from the folder upwards. */
function locate(reference: string, folder: string, host: Host): string | undefined {
  if (isRelative(reference)) return configAt(resolvePath(folder, reference), host);
  // Anything else has to look like a package name, so that a reference cannot walk the disk.
  if (!/^(?:@[\w.-]+\/)?[\w][\w.-]*(?:\/[\w.-]+)*$/.test(reference) || reference.includes('..')) return undefined;
  for (let current = folder; ; current = folderOf(current)) {
    const found = configAt(resolvePath(current, `node_modules/${reference}`), host);
    if (found !== undefined || current === folderOf(current)) return found;
  }
}

function configAt(path: string, host: Host): string | undefined {
  const candidates = /\.jsonc?$/.test(path) ? [path] : [`${path}/airworthy.json`, `${path}.json`];
  return candidates.find((candidate) => host.isFile(candidate));
}

function shortName(path: string): string {
  return path.split('/').slice(-2).join('/');
}

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

export interface Chain {
  /** Weakest first. */
  readonly links: readonly ChainLink[];
  readonly problems: readonly ConfigProblem[];
  /** Files whose change, coming or going makes this a different chain. */
  readonly sources: readonly string[];
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
export function extendsChain(file: ConfigFile, globFolder: string, source: ChainSource): Chain {
  const links: ChainLink[] = [];
  const sources: string[] = [file.path];
  const problems: ConfigProblem[] = [];
  const done = new Set<string>();
  const visit = (current: ConfigFile, folder: string, trail: readonly string[]): void => {
    done.add(current.path);
    for (const reference of [current.settings.extends ?? []].flat()) {
      const report = (message: string) =>
        problems.push({ path: current.path, span: current.extendsSpan(reference), message });
      const candidates = locate(reference, folderOf(current.path), source.host);
      sources.push(...candidates);
      const target = candidates.find((candidate) => source.host.isFile(candidate));
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
  return { links, problems, sources };
}

function missing(reference: string): string {
  return isRelative(reference)
    ? `There is no config file "${reference}". The path is relative to this file and names a .json file or a folder that holds airworthy.json.`
    : `The package "${reference}" has no airworthy.json, or is not installed. Install it, or start a path to a file with "./".`;
}

function isRelative(reference: string): boolean {
  return reference.startsWith('./') || reference.startsWith('../') || reference === '.' || reference === '..';
}

/**
 * Files that a reference may name, of which the first there is counts: those of a relative path, or the one of a package
 * that is installed in node_modules, looked up from the folder upwards.
 */
function locate(reference: string, folder: string, host: Host): readonly string[] {
  if (isRelative(reference)) return candidatesAt(resolvePath(folder, reference));
  // Anything else has to look like a package name, so that a reference cannot walk the disk.
  if (!/^(?:@[\w.-]+\/)?[\w][\w.-]*(?:\/[\w.-]+)*$/.test(reference) || reference.includes('..')) return [];
  for (let current = folder; ; current = folderOf(current)) {
    const candidates = candidatesAt(resolvePath(current, `node_modules/${reference}`));
    const found = candidates.find((candidate) => host.isFile(candidate));
    if (found !== undefined || current === folderOf(current)) return found === undefined ? [] : [found];
  }
}

function candidatesAt(path: string): readonly string[] {
  return /\.jsonc?$/.test(path) ? [path] : [`${path}/airworthy.json`, `${path}.json`];
}

function shortName(path: string): string {
  return path.split('/').slice(-2).join('/');
}

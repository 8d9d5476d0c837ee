import { folderOf } from '../../filePath.ts';
import type { Value } from './facts.ts';
import { namedFolder } from './folders.ts';
import { NOT_CONSTANT } from './paths.ts';
import { constantText, type Opened, type Plugin, type PluginSource, prefixIn } from './pluginSource.ts';

const INDEX = /\/index\.[cm]?[jt]sx?$/;
const HOOKS = /\/_?autohooks\.[cm]?[jt]sx?$/;

/**
 * Plugins that `@fastify/autoload` finds below its `dir`: folders are prefixes, a folder's `index` keeps its other files
 * out, and its `autohooks` runs for all below. `undefined` where the folder cannot be told.
 */
export function autoloadedPlugins(
  options: Value | undefined,
  path: string,
  source: PluginSource,
): readonly Plugin[] | undefined {
  const [members] = options === undefined ? [] : source.evaluate(options, path);
  if (members?.is !== 'members') return undefined;
  const { dir, options: own, dirNameRoutePrefix } = members.members;
  const root = dir === undefined ? undefined : namedFolder(dir, members.path, source.evaluate);
  if (root === undefined) return undefined;
  const all = [...source.files.keys()].filter((file) => file.startsWith(`${root}/`)).sort();
  const indexed = new Set(all.filter((file) => INDEX.test(file)).map(folderOf));
  const base = prefixIn(own, members.path, source);
  return all.flatMap((file) => {
    const folder = folderOf(file);
    const isHooks = HOOKS.test(file);
    if (indexed.has(folder) && !isHooks && !INDEX.test(file)) return [];
    const folders = foldersOf(folder.slice(root.length), root, dirNameRoutePrefix === undefined);
    return source.exportOf(file).flatMap((thing): readonly Plugin[] => {
      if (thing.is !== 'function') return [];
      const outer: Opened = { name: root, prefix: base };
      if (isHooks) return [{ function: thing, within: [outer, ...folders] }];
      if (thing.isShared === true) return [{ function: thing, within: [] }];
      const prefix = ownPrefix(file, source);
      // What a file says of its prefix stands for its folders.
      const around = prefix === undefined ? folders : folders.map((one) => ({ ...one, prefix: '' }));
      return [{ function: thing, within: [outer, ...around, { name: file, prefix: prefix ?? '' }] }];
    });
  });
}

/** `/tasks/_id` → parts for `/tasks` and `/:id`. */
function foldersOf(path: string, root: string, hasPrefixes: boolean): readonly Opened[] {
  let name = root;
  return path
    .split('/')
    .filter((part) => part !== '')
    .map((part) => {
      name += `/${part}`;
      return { name, prefix: hasPrefixes ? `/${part.replace(/^_+(?=\w)/, ':')}` : NOT_CONSTANT };
    });
}

/** `export const autoPrefix = '/admin'`. */
function ownPrefix(file: string, { files, evaluate }: PluginSource): string | undefined {
  const value = files.get(file)?.exports['autoPrefix'];
  return value && constantText(evaluate(value, file));
}

import { folderOf, resolvePath } from '../../_shared/filePath.ts';
import type { ConfigChains, PlacedConfig } from '../../_shared/testing/configs/configChains.ts';
import type { Placed } from './placed.ts';

/**
 * Folders of the tests that options of ts-jest are for: the roots of all configurations that keep them, by themselves or from the
 * base that they stand in. None when each of these says otherwise.
 * @param path the file that the options stand in
 */
export function homesOf(path: string, placed: Placed, configs: ConfigChains): readonly string[] {
  const users = configs.roots.filter((root) => root.runner === 'Jest' && configs.takes(root, path));
  if (users.length === 0) return [resolvePath(folderOf(path), placed.rootDir ?? '.')];
  const { section } = placed;
  const keeping = section === undefined ? users : users.filter((user) => keeps(user, path, section, configs));
  return [...new Set(keeping.map((user) => homeOf(user, placed, configs)))];
}

/** A project of a list says itself where its tests are, from where the list is. */
function homeOf(user: PlacedConfig, { section, rootDir }: Placed, configs: ConfigChains): string {
  if (section !== undefined || rootDir === undefined) return configs.rootOf(user);
  return resolvePath(configs.rootOf(user), rootDir.replace(/^<rootDir>/, '.'));
}

/** Whether what a file says in a section holds for a configuration, for some kind of files at least. */
function keeps(user: PlacedConfig, path: string, section: 'transform' | 'globals', configs: ConfigChains): boolean {
  const found = configs.settings(user, section);
  return found.some(({ path: from, setting }, index) => {
    if (from !== path) return false;
    const keys = Object.keys(setting.members ?? {});
    const hiding = new Set(found.slice(0, index).flatMap((other) => Object.keys(other.setting.members ?? {})));
    return keys.length === 0 || keys.some((key) => !hiding.has(key));
  });
}

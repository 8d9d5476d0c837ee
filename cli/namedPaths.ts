import { diskHost } from '#host/disk.ts';
import { toEnginePath } from '#host/paths.ts';
import type { Arguments } from './args.ts';
import { UsageError } from './usageError.ts';

/** The folder that the first positional names, the current one without; as the engine writes paths. */
export function namedFolder({ positionals: [given] }: Arguments, cwd: string): string {
  const folder = toEnginePath(given ?? '.', cwd);
  if (!diskHost.isFolder(folder)) throw new UsageError(`There is no folder "${given}".`);
  return folder;
}

/** The file that `--config` names; `undefined` without the option. */
export function namedConfig(args: Arguments, cwd: string): string | undefined {
  const given = args.value('config');
  if (given === undefined) return undefined;
  const path = toEnginePath(given, cwd);
  if (!diskHost.isFile(path)) throw new UsageError(`There is no config file "${given}".`);
  return path;
}

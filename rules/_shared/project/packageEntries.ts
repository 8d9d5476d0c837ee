import type { DataNode, DataObject } from '#api';
import { entryAt } from '../dataMembers.ts';

/** Files of a package by what others import them as, `.` for the package itself and `./base` for one of its parts. */
export type PackageEntries = Readonly<Record<string, string>>;

/** Reads `exports` and `main` of a package.json, as written there; patterns are left out. */
export function packageEntries(root: DataObject): PackageEntries {
  const entries: Record<string, string> = {};
  const main = fileOf(entryAt(root, 'main')?.value);
  const exported = entryAt(root, 'exports')?.value;
  if (main !== undefined) entries['.'] = main;
  const parts = exported?.kind === 'object' ? exported.entries.filter(({ key }) => key.startsWith('.')) : [];
  for (const { key, value } of parts) {
    const file = key.includes('*') ? undefined : fileOf(value);
    if (file !== undefined) entries[key] = file;
  }
  const whole = parts.length === 0 ? fileOf(exported) : undefined;
  if (whole !== undefined) entries['.'] = whole;
  return entries;
}

/** The file that a target, or the first of its conditions that is not for types alone, stands for. */
function fileOf(target: DataNode | undefined): string | undefined {
  if (target?.kind === 'scalar') return typeof target.value === 'string' ? target.value : undefined;
  if (target?.kind !== 'object') return undefined;
  for (const { key, value } of target.entries) {
    const file = key === 'types' ? undefined : fileOf(value);
    if (file !== undefined) return file;
  }
  return undefined;
}

import type { DataEntry, DataNode } from '#api';

/** The entry of an object in JSON or YAML under a key, one that a merge key brings included. */
export function entryAt(node: DataNode | undefined, key: string): DataEntry | undefined {
  return node?.kind === 'object' ? node.entries.find((entry) => entry.key === key) : undefined;
}

/** The value under a path of keys. */
export function valueAt(node: DataNode | undefined, ...keys: readonly string[]): DataNode | undefined {
  return keys.reduce<DataNode | undefined>((at, key) => entryAt(at, key)?.value, node);
}

/** The text under a path of keys; `undefined` for anything but text. */
export function textAt(node: DataNode | undefined, ...keys: readonly string[]): string | undefined {
  const value = valueAt(node, ...keys);
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

/** The keys of an object in JSON or YAML; none for anything else. */
export function keysOf(node: DataNode | undefined): readonly string[] {
  return node?.kind === 'object' ? node.entries.map(({ key }) => key) : [];
}

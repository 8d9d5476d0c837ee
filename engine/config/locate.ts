import type { Span } from '../api/finding.ts';
import { parseFormat } from '../formats/index.ts';
import type { DataEntry, DataNode, FormatProblem } from '../formats/types.ts';

/** A JSONC text as a plain value, with the way back to the places its parts came from. */
export interface LocatedJson {
  /** `undefined` for an empty text. */
  readonly value: unknown;
  /** Syntax problems and keys that are written twice. */
  readonly problems: readonly FormatProblem[];
  /** Place of the value at a path, or of its nearest ancestor that exists. */
  valueSpan(path: readonly PropertyKey[]): Span;
  /** Place of the key a path ends with; the value's place for array items and missing keys. */
  keySpan(path: readonly PropertyKey[]): Span;
}

/** Reads a JSONC text so that mistakes in its values can be shown where they stand. Never throws. */
export function locateJson(text: string): LocatedJson {
  const document = parseFormat('json', text);
  const problems = document.problems;
  const root = document.language === 'json' ? document.roots[0] : undefined;
  const step = (path: readonly PropertyKey[]): { node: DataNode | undefined; entry: DataEntry | undefined } => {
    let node = root;
    let entry: DataEntry | undefined;
    for (const key of path) {
      const child = childOf(node, key);
      if (child === undefined) return { node, entry: undefined };
      entry = child.entry;
      node = child.node ?? node;
    }
    return { node, entry };
  };
  const spanOf = (node: DataNode | undefined): Span => node?.span ?? { start: 0, end: 0 };
  return {
    value: root === undefined ? undefined : plainValue(root),
    problems: root === undefined ? problems : [...problems, ...repeatedKeys(root)],
    valueSpan: (path) => spanOf(step(path).node),
    keySpan(path) {
      const { node, entry } = step(path);
      return entry?.keySpan ?? spanOf(node);
    },
  };
}

function childOf(
  node: DataNode | undefined,
  key: PropertyKey,
): { node: DataNode | undefined; entry: DataEntry | undefined } | undefined {
  if (node?.kind === 'array' && typeof key === 'number') {
    const item = node.items[key];
    return item && { node: item, entry: undefined };
  }
  if (node?.kind !== 'object') return undefined;
  // The last of equal keys is the one that counts, as everywhere in JSON.
  const entry = node.entries.findLast((candidate) => candidate.key === key);
  return entry && { node: entry.value, entry };
}

function plainValue(node: DataNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'array') return node.items.map(plainValue);
  const value: Record<string, unknown> = {};
  for (const entry of node.entries) {
    if (entry.value === undefined) continue;
    // Not an assignment: that would run the setter of "__proto__".
    Object.defineProperty(value, entry.key, {
      value: plainValue(entry.value),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return value;
}

function repeatedKeys(node: DataNode): readonly FormatProblem[] {
  if (node.kind === 'scalar') return [];
  if (node.kind === 'array') return node.items.flatMap(repeatedKeys);
  const seen = new Set<string>();
  return node.entries.flatMap((entry) => {
    const inner = entry.value === undefined ? [] : repeatedKeys(entry.value);
    if (!seen.has(entry.key)) {
      seen.add(entry.key);
      return inner;
    }
    const message = `"${entry.key}" is written twice; only the last one counts. Remove one of them.`;
    return [{ ...entry.keySpan, message }, ...inner];
  });
}

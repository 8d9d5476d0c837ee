import type { DataDocument, DataEntry, DataNode, DataObject } from '#api';

/** An entry that a later one of the same key replaces. */
export interface LostEntry {
  readonly object: DataObject;
  readonly lost: DataEntry;
  /** The last entry of this key, which holds. */
  readonly kept: DataEntry;
}

/** Keys that people write notes under, as often as they have something to say. */
const NOTE = /^(?:\/\/.*|#.*|[_$]?comments?|)$/i;
/** Templates of Helm, Jinja and the like: which of two keys is there is decided when they are filled in. */
const TEMPLATE = /(?<!\$)\{\{-?\s*(?:if|else|range|with|end|define|template|include|block|\/\*)|\{%/;

/** Entries of a JSON or YAML document that are lost, in source order; none where the document cannot be read as a whole. */
export function lostEntries(document: DataDocument): readonly LostEntry[] {
  const found: LostEntry[] = [];
  const repeated = new Set<number>();
  for (const root of document.roots) visit(root, found, repeated);
  if (found.length === 0 || TEMPLATE.test(document.text)) return [];
  // YAML counts a repeated key as a problem; any other one may have led to it.
  return document.problems.every(({ start }) => repeated.has(start)) ? found : [];
}

function visit(node: DataNode | undefined, found: LostEntry[], repeated: Set<number>): void {
  // What an alias stands for is read where it is written.
  if (node === undefined || node.kind === 'scalar' || node.definition !== undefined) return;
  if (node.kind === 'array') {
    for (const item of node.items) visit(item, found, repeated);
    return;
  }
  const own = node.entries.filter(({ merged }) => merged !== true);
  if (new Set(own.map(({ key }) => key)).size < own.length) {
    const last = new Map(own.map((entry) => [entry.key, entry]));
    const seen = new Set<string>();
    for (const entry of own) {
      const kept = last.get(entry.key);
      if (seen.has(entry.key)) repeated.add(entry.keySpan.start);
      seen.add(entry.key);
      if (kept !== undefined && kept !== entry && !NOTE.test(entry.key))
        found.push({ object: node, lost: entry, kept });
    }
  }
  for (const { value } of own) visit(value, found, repeated);
}

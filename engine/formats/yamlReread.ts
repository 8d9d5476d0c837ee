import type { Span } from '../api/finding.ts';
import { changeBetween } from './textChange.ts';
import type { DataDocument, DataEntry, DataNode, DataObject } from './types.ts';
import { beginOfEntry, entryAround, type Step, type YamlEntry } from './yamlEntry.ts';

/** What may reach from one entry into another, or into another document: anchors, aliases, merge keys, markers, directives. */
const REACHES = /(?:^|[\s,:[{-])[&*]\S|<<|^(?:---|\.\.\.|%)|\r(?!\n)|[\u0085\u2028\u2029\ufeff]/m;

/** Whether entries of a text can be read one by one. */
export function isPlainYaml(text: string): boolean {
  return !REACHES.test(text);
}

/**
 * Reads again what a change touched of a plain document without problems, and moves the rest. A specification of an interface
 * may have 10,000 lines, and a key is typed in one of its entries.
 * @param read reads a text that is a document by itself
 * @returns `undefined` where more has to be read than one entry
 */
export function rereadYaml(
  old: DataDocument,
  text: string,
  read: (text: string) => DataDocument,
): DataDocument | undefined {
  const change = changeBetween(old.text, text);
  const entry = entryAround(old, change);
  if (entry === undefined) return undefined;
  const moved = text.length - old.text.length;
  const part = text.slice(entry.start, entry.end + moved);
  const isWhole = entry.end === old.text.length || part.endsWith('\n');
  if (!isWhole || part.length > text.length / 2 || !isPlainYaml(part)) return undefined;
  const again = read(part);
  const [root] = again.roots;
  if (again.problems.length > 0 || again.roots.length !== 1 || root?.kind !== 'object') return undefined;
  if (!fits(entry, root, part)) return undefined;
  const placed = root.entries.map((one) => movedEntry(one, entry.start));
  const comments = [
    ...old.comments.filter(({ start }) => start < entry.start),
    ...again.comments.map((comment) => movedSpan(comment, entry.start)),
    ...old.comments.filter(({ start }) => start >= entry.end).map((comment) => movedSpan(comment, moved)),
  ];
  return { ...old, text, comments, roots: [spliced(entry.path, placed, moved)] };
}

/** Whether what was read anew stands where the entry stood: in block style, at its column, with names that are free. */
function fits({ start, path }: YamlEntry, root: DataObject, part: string): boolean {
  const { node, index = -1 } = path.at(-1) ?? {};
  if (node?.kind !== 'object') return false;
  const [first] = root.entries;
  const before = node.entries[index];
  if (first === undefined || before === undefined || part[root.span.start] === '{') return false;
  if (first.keySpan.start + start !== before.keySpan.start || root.span.start !== first.keySpan.start) return false;
  // What begins further left belongs to a mapping around this one, or to none.
  const column = first.keySpan.start;
  if (new RegExp(`^(?! {${column}}|[ \\t\\r]*$)`, 'm').test(part)) return false;
  if (root.entries.some((one) => one.key === '' || !isAtColumn(part, one, column))) return false;
  const names = new Set(root.entries.map(({ key }) => key));
  return names.size === root.entries.length && node.entries.every((one) => one === before || !names.has(one.key));
}

function isAtColumn(part: string, entry: DataEntry, column: number): boolean {
  const begin = beginOfEntry(part, entry);
  return begin !== undefined && entry.keySpan.start - begin === column;
}

/** The tree below the first step with the entry replaced, and what stands behind it moved. */
function spliced([step, ...rest]: readonly Step[], placed: readonly DataEntry[], by: number): DataNode {
  if (step === undefined) throw new Error('An entry stands in a mapping');
  const { node, index } = step;
  if (node.kind === 'array') {
    const items = node.items.map((item, at) =>
      at < index ? item : at === index ? spliced(rest, placed, by) : movedNode(item, by),
    );
    return { ...node, span: around(node.span, items), items };
  }
  const entries = node.entries.flatMap((one, at): readonly DataEntry[] => {
    if (at < index) return [one];
    if (at > index) return [movedEntry(one, by)];
    if (rest.length === 0) return placed;
    const value = spliced(rest, placed, by);
    return [{ ...one, span: { start: one.span.start, end: value.span.end }, value }];
  });
  return { ...node, span: around(node.span, entries), entries };
}

function around({ start }: Span, children: readonly { readonly span: Span }[]): Span {
  return { start, end: children[children.length - 1]?.span.end ?? start };
}

function movedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

function movedEntry(entry: DataEntry, by: number): DataEntry {
  if (by === 0) return entry;
  const { span, keySpan, value } = entry;
  return {
    ...entry,
    span: movedSpan(span, by),
    keySpan: movedSpan(keySpan, by),
    value: value === undefined ? undefined : movedNode(value, by),
  };
}

function movedNode(node: DataNode, by: number): DataNode {
  if (by === 0) return node;
  const span = movedSpan(node.span, by);
  if (node.kind === 'scalar') return { kind: 'scalar', span, value: node.value };
  if (node.kind === 'array') return { kind: 'array', span, items: node.items.map((item) => movedNode(item, by)) };
  return { kind: 'object', span, entries: node.entries.map((entry) => movedEntry(entry, by)) };
}

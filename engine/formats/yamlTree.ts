import { isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Span } from '../api/finding.ts';
import { MAX_DEPTH, MAX_NODES, type ProblemList } from './limits.ts';
import type { DataArray, DataEntry, DataNode, DataObject, DataScalar } from './types.ts';

/** Nodes that aliases and merge keys may add to a tree: past this the file is a bomb, not a configuration. */
const MAX_EXPANDED = 100_000;

/** How much of a tree a node stands for. */
interface Weight {
  readonly nodes: number;
  readonly height: number;
}

/** Turns nodes of the YAML library into the shape that JSON has as well. One instance per file. */
export class YamlTree {
  readonly #text: string;
  readonly #problems: ProblemList;
  /** What an anchor stands for at the point reached; `undefined` while its own content is being read. */
  #anchors = new Map<string, DataNode | undefined>();
  readonly #weights = new WeakMap<DataNode, Weight>();
  #nodes = 0;
  #expanded = 0;
  #full = false;

  constructor(text: string, problems: ProblemList) {
    this.#text = text;
    this.#problems = problems;
  }

  /** The tree of one YAML document. Anchors of other documents are not seen. */
  root(contents: Node | null): DataNode | undefined {
    this.#anchors = new Map();
    return contents === null ? undefined : this.#node(contents, 0);
  }

  #node(node: Node, depth: number): DataNode {
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, undefined);
    const read = this.#content(node, depth);
    if (anchor !== undefined) this.#anchors.set(anchor, read);
    return read;
  }

  #content(node: Node, depth: number): DataNode {
    const span = this.#spanOf(node);
    if (++this.#nodes > MAX_NODES || depth > MAX_DEPTH) {
      this.#stop(span);
      return { kind: 'scalar', span, value: null };
    }
    if (isAlias(node)) return this.#alias(node.source, span, depth);
    if (isMap(node)) return this.#map(node, span, depth);
    if (isSeq(node)) return this.#seq(node, span, depth);
    return this.#weigh({ kind: 'scalar', span, value: this.#value(node as Scalar, span) }, []);
  }

  #stop(span: Span): void {
    if (!this.#full) this.#problems.add(span.start, span.end, 'The document is too large; what follows was not read.');
    this.#full = true;
  }

  #value(node: Scalar, span: Span): DataScalar['value'] {
    const { value } = node;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null) {
      return value;
    }
    // Dates, binaries and the like of YAML 1.1 and of tags.
    return node.source ?? this.#text.slice(span.start, span.end);
  }

  #seq(node: YAMLSeq, span: Span, depth: number): DataArray {
    const items: DataNode[] = [];
    for (const item of node.items) {
      if (this.#full) break;
      if (isNodeLike(item)) items.push(this.#node(item, depth + 1));
    }
    return this.#weigh({ kind: 'array', span: around(node, span, items), items }, items);
  }

  #map(node: YAMLMap, span: Span, depth: number): DataObject {
    const entries: DataEntry[] = [];
    const merges: { readonly value: DataNode; readonly at: Span }[] = [];
    const seen = new Set<string>();
    for (const pair of node.items) {
      if (this.#full) break;
      if (!isNodeLike(pair.key)) continue;
      const key = this.#key(pair.key, depth);
      const value = isNodeLike(pair.value) ? this.#node(pair.value, depth + 1) : undefined;
      if (key.name === '<<' && isScalar(pair.key) && pair.key.type === 'PLAIN' && value?.kind !== 'scalar' && value) {
        merges.push({ value, at: key.span });
        continue;
      }
      if (seen.has(key.name))
        this.#problems.add(key.span.start, key.span.end, `The key "${key.name}" is here twice.`, true);
      seen.add(key.name);
      entries.push({ span: join(key.span, value?.span ?? key.span), key: key.name, keySpan: key.span, value });
    }
    const whole = around(node, span, [...entries, ...merges.map(({ at, value }) => ({ span: join(at, value.span) }))]);
    for (const merge of merges) this.#merge(merge.value, merge.at, entries, seen);
    const values = entries.flatMap((entry) => entry.value ?? []);
    return this.#weigh({ kind: 'object', span: whole, entries }, values);
  }

  #key(node: Node, depth: number): { readonly name: string; readonly span: Span } {
    const read = this.#node(node, depth + 1);
    const { span } = read;
    if (read.kind !== 'scalar') return { name: this.#text.slice(span.start, span.end), span };
    // `on`, `8080`, `~` and their like are names here, spelled as they stand.
    const spelled = isScalar(node) && typeof read.value !== 'string' ? node.source : undefined;
    return { name: spelled ?? String(read.value), span };
  }

  /** Adds the entries of a merged object, or of each in a list; what is there already wins. */
  #merge(value: DataNode, at: Span, entries: DataEntry[], seen: Set<string>): void {
    const sources = value.kind === 'array' ? value.items : [value];
    for (const source of sources) {
      if (source.kind !== 'object') {
        this.#problems.add(at.start, at.end, 'Only objects can be merged with "<<".', true);
        continue;
      }
      for (const entry of source.entries) {
        if (seen.has(entry.key)) continue;
        const weight = entry.value === undefined ? 1 : (this.#weights.get(entry.value)?.nodes ?? 1);
        if (!this.#expand(weight, at)) return;
        seen.add(entry.key);
        entries.push({ ...entry, merged: true });
      }
    }
  }

  #alias(name: string, span: Span, depth: number): DataNode {
    const target = this.#anchors.get(name);
    const weight = target === undefined ? undefined : this.#weights.get(target);
    if (target === undefined || weight === undefined) {
      const why = this.#anchors.has(name) ? 'stands inside what it refers to' : 'has no anchor before it';
      this.#problems.add(span.start, span.end, `The alias *${name} ${why}.`, true);
      return { kind: 'scalar', span, value: null };
    }
    if (depth + weight.height > MAX_DEPTH || !this.#expand(weight.nodes, span)) {
      return { kind: 'scalar', span, value: null };
    }
    const node: DataNode = { ...target, span, definition: target.definition ?? target.span };
    this.#weights.set(node, weight);
    return node;
  }

  #expand(nodes: number, at: Span): boolean {
    if (this.#expanded + nodes > MAX_EXPANDED) {
      this.#problems.add(at.start, at.end, 'Aliases make this document too large; this one is not resolved.');
      return false;
    }
    this.#expanded += nodes;
    return true;
  }

  #weigh<T extends DataNode>(node: T, children: readonly DataNode[]): T {
    let nodes = 1;
    let height = 0;
    for (const child of children) {
      const weight = this.#weights.get(child);
      nodes += weight?.nodes ?? 1;
      height = Math.max(height, 1 + (weight?.height ?? 0));
    }
    this.#weights.set(node, { nodes, height });
    return node;
  }

  #spanOf(node: Node): Span {
    const [from = 0, to = from] = node.range ?? [];
    const start = Math.min(from, this.#text.length);
    let end = Math.min(Math.max(to, start), this.#text.length);
    // Block scalars own their last line break and what follows it; the span ends with the last visible character.
    while (end > start && isBlank(this.#text.charCodeAt(end - 1))) end--;
    return { start, end };
  }
}

function join(a: Span, b: Span): Span {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

/**
 * The span of a collection: in flow style up to its bracket, in block style up to its last child, because the library
 * counts the comments and line breaks behind it as well. Never smaller than its children, whatever the input.
 */
function around(node: YAMLMap | YAMLSeq, span: Span, children: readonly { readonly span: Span }[]): Span {
  const own = node.flow === true || children.length === 0 ? span : { start: span.start, end: span.start };
  return children.reduce((whole, child) => join(whole, child.span), own);
}

function isBlank(code: number): boolean {
  return code === 10 || code === 13 || code === 32 || code === 9;
}

function isNodeLike(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

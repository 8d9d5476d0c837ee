import type { Span } from '../api/finding.ts';
import type { TextChange } from './textChange.ts';
import type { DataArray, DataDocument, DataNode, DataObject } from './types.ts';

/** One level on the way from the root of a tree to an entry. */
export interface Step {
  readonly node: DataObject | DataArray;
  /** Of the entry or item that holds what follows. */
  readonly index: number;
}

/** An entry of a block mapping that can be read without what is around it: whole lines. */
export interface YamlEntry extends Span {
  /** From the root to the mapping of the entry. */
  readonly path: readonly Step[];
}

/** Deeper ones are read with what is around them. */
const MAX_STEPS = 50;

/**
 * The innermost entry of a block mapping that a change stays within. Entries that begin behind the dash of a list, and all
 * that stands in brackets, are left out.
 */
export function entryAround(document: DataDocument, { start, oldEnd }: TextChange): YamlEntry | undefined {
  const { text, roots } = document;
  let found: YamlEntry | undefined;
  const path: Step[] = [];
  let end = text.length;
  let node: DataNode | undefined = roots[0];
  while (node !== undefined && node.kind !== 'scalar' && path.length < MAX_STEPS) {
    if (isInBrackets(text, node)) break;
    const begin = node.kind === 'object' ? beginOfEntry : beginOfItem;
    const children = node.kind === 'object' ? node.entries : node.items;
    const index = children.findLastIndex((child) => lineStart(text, child.span.start) <= start);
    const child = children[index];
    if (child === undefined) break;
    const next = children[index + 1];
    if (next !== undefined) {
      const border = begin(text, next);
      // The library takes some entries at another column for siblings.
      if (border === undefined || indentOf(text, next, node) !== indentOf(text, child, node)) break;
      end = border;
    }
    if (oldEnd > end) break;
    path.push({ node, index });
    const from = begin(text, child);
    if (node.kind === 'object') {
      if (from !== undefined && from <= start) found = { start: from, end, path: [...path] };
      node = node.entries[index]?.value;
    } else node = node.items[index];
    if (node !== undefined && start < node.span.start) break;
  }
  return found;
}

function isInBrackets(text: string, { span }: DataNode): boolean {
  const first = text[span.start];
  return first === '{' || first === '[';
}

/** The beginning of the line of an entry whose key is the first in it. */
export function beginOfEntry(text: string, { span }: { readonly span: Span }): number | undefined {
  const begin = lineStart(text, span.start);
  return /^ *$/.test(text.slice(begin, span.start)) ? begin : undefined;
}

/** The beginning of the line of an item that has no other before it in its line. */
function beginOfItem(text: string, { span }: { readonly span: Span }): number | undefined {
  const begin = lineStart(text, span.start);
  return /^ *- +$/.test(text.slice(begin, span.start)) ? begin : undefined;
}

/** The column of a name, or of the first dash in the line of an item. */
function indentOf(text: string, { span }: { readonly span: Span }, { kind }: DataNode): number {
  const begin = lineStart(text, span.start);
  return (kind === 'object' ? span.start : text.indexOf('-', begin)) - begin;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

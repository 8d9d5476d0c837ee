import type { Priority } from '#api';
import type { JudgedDocument, JudgedItem, Verdict } from '#engine/checklist/view.ts';
import type { ChecklistCounts, ChecklistOrder } from '#protocol/checklist.ts';
import { addCounts, countItems, noCounts } from './counts.ts';
import { type ItemFilter, itemRank } from './filter.ts';
import { itemsById } from './lookup.ts';
import { type OutlineNode, outlineOf } from './outline.ts';

/** What a section, or an item with its parts, has of the items that pass a filter. */
export interface Branch {
  /** The node's own item, whether it passes or not. */
  readonly own: JudgedItem | undefined;
  /** Items that pass: its own and those below. */
  readonly shown: number;
  /** Of these. */
  readonly counts: ChecklistCounts;
  /** Whether one below its own passes. */
  readonly hasParts: boolean;
  /** As urgent as the most urgent of those that pass, by order; lower comes first. */
  readonly rank: Readonly<Record<ChecklistOrder, number>>;
}

/** The items of a priority or verdict that pass a filter, in text order. */
export interface Members {
  readonly items: readonly JudgedItem[];
  readonly counts: ChecklistCounts;
}

/** The items of a document that pass a filter, by where they are asked for. */
export interface Selection {
  /** Items that pass. */
  readonly shown: number;
  branch(node: OutlineNode): Branch;
  readonly byPriority: ReadonlyMap<Priority | 'none', Members>;
  readonly byVerdict: ReadonlyMap<Verdict, Members>;
}

const unfiltered = new WeakMap<JudgedDocument, Selection>();
const filtered = new WeakMap<JudgedDocument, { readonly key: string; readonly selection: Selection }>();

/**
 * What passes a filter, or all items without one; made once per document (cache: selections). Of the filters the last one
 * is kept: people look through one at a time.
 */
export function selectionOf(judged: JudgedDocument, filter?: ItemFilter): Selection {
  if (filter === undefined) {
    const known = unfiltered.get(judged);
    if (known !== undefined) return known;
    const selection = select(judged, () => true);
    unfiltered.set(judged, selection);
    return selection;
  }
  const known = filtered.get(judged);
  if (known?.key === filter.key) return known.selection;
  const selection = select(judged, filter.passes);
  filtered.set(judged, { key: filter.key, selection });
  return selection;
}

function select(judged: JudgedDocument, passes: (item: JudgedItem) => boolean): Selection {
  const items = judged.items.filter(passes);
  const passing = new Set(items);
  const byId = itemsById(judged);
  const branches = new Map<OutlineNode, Branch>();

  const grow = (node: OutlineNode): Branch => {
    const own = node.item === undefined ? undefined : byId.get(node.item.id);
    const isShown = own !== undefined && passing.has(own);
    const below = node.children.map(grow);
    const parts = below.reduce((sum, branch) => sum + branch.shown, 0);
    const rankIn = (order: ChecklistOrder): number =>
      below.reduce(
        (least, { rank }) => Math.min(least, rank[order]),
        isShown ? itemRank(own, order) : Number.POSITIVE_INFINITY,
      );
    const branch: Branch = {
      own,
      shown: parts + (isShown ? 1 : 0),
      counts: below.reduce((sum, { counts }) => addCounts(sum, counts), isShown ? countItems([own]) : noCounts),
      hasParts: parts > 0,
      rank: { text: rankIn('text'), priority: rankIn('priority'), verdict: rankIn('verdict') },
    };
    branches.set(node, branch);
    return branch;
  };
  for (const root of outlineOf(judged.document).roots) grow(root);

  return {
    shown: items.length,
    branch: (node) => branches.get(node) ?? nothing,
    byPriority: members(items, ({ priority }) => priority ?? 'none'),
    byVerdict: members(items, ({ verdict }) => verdict),
  };
}

const nothing: Branch = {
  own: undefined,
  shown: 0,
  counts: noCounts,
  hasParts: false,
  rank: { text: Number.POSITIVE_INFINITY, priority: Number.POSITIVE_INFINITY, verdict: Number.POSITIVE_INFINITY },
};

function members<K>(items: readonly JudgedItem[], keyOf: (item: JudgedItem) => K): ReadonlyMap<K, Members> {
  const groups = new Map<K, JudgedItem[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return new Map([...groups].map(([key, group]) => [key, { items: group, counts: countItems(group) }]));
}

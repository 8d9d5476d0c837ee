import type { FunctionNode } from '../api/kinds.ts';
import type { FactScope } from '../api/rule.ts';
import type { ts } from '../ts.ts';
import { SlotSet } from './slotSet.ts';

/**
 * What one statement contributes to the function around it, in source order: facts, nested statements (by reference, so
 * that an unchanged one costs nothing), nested functions.
 */
export type Entry =
  | { readonly kind: 'fact'; readonly slot: number; readonly fact: unknown }
  | { readonly kind: 'statement'; readonly node: ts.Node }
  | { readonly kind: 'function'; readonly fn: FunctionNode };

/** Entries by statement and by function, the cached half of a fold (cache: fragments). */
export type Fragments = WeakMap<ts.Node, readonly Entry[]>;

/** All facts of one function or file, by slot: one pass over its fragments, shared by every rule. */
export interface FoldedScope {
  readonly owner: ts.SourceFile | FunctionNode;
  readonly bySlot: ReadonlyMap<number, readonly unknown[]>;
  readonly nested: readonly FoldedScope[];
  /** Slots with facts here or in a nested function. */
  readonly slots: SlotSet;
  /** What single rules see of it, by slot, as far as they asked (cache: scope views). */
  readonly views: Map<number, FactScope<unknown>>;
}

const NO_FACTS: readonly unknown[] = [];

/** Folded functions by node (cache: function folds). A function's node is new whenever anything in it changed. */
export type Folds = WeakMap<FunctionNode, FoldedScope>;

/** Folds the fragments under `owner`, which must be complete. Cost: its own fragments; nested folds are reused. */
export function foldScope(
  owner: ts.SourceFile | FunctionNode,
  entries: readonly Entry[],
  fragments: Fragments,
  folds: Folds,
): FoldedScope {
  const bySlot = new Map<number, unknown[]>();
  const nested: FoldedScope[] = [];
  const slots = new SlotSet();
  const expand = (list: readonly Entry[]): void => {
    for (const entry of list) {
      if (entry.kind === 'fact') {
        const facts = bySlot.get(entry.slot);
        if (facts === undefined) bySlot.set(entry.slot, [entry.fact]);
        else facts.push(entry.fact);
        slots.add(entry.slot);
      } else if (entry.kind === 'statement') {
        expand(fragments.get(entry.node) ?? []);
      } else {
        const folded = folds.get(entry.fn);
        if (folded === undefined || folded.slots.isEmpty) continue;
        nested.push(folded);
        slots.addAll(folded.slots);
      }
    }
  };
  expand(entries);
  return { owner, bySlot, nested, slots, views: new Map() };
}

/** One rule's view of a folded scope: the same object as long as nothing in its function changed. */
export function viewScope(folded: FoldedScope, slot: number): FactScope<unknown> {
  const known = folded.views.get(slot);
  if (known !== undefined) return known;
  let nested: readonly FactScope<unknown>[] | undefined;
  const view: FactScope<unknown> = {
    owner: folded.owner,
    get facts() {
      return folded.bySlot.get(slot) ?? NO_FACTS;
    },
    get scopes() {
      nested ??= folded.nested.filter((scope) => scope.slots.has(slot)).map((scope) => viewScope(scope, slot));
      return nested;
    },
    all: () => allFacts(folded, slot),
  };
  folded.views.set(slot, view);
  return view;
}

/** Own facts of one slot and those of nested functions, in source order by scope. */
export function allFacts(folded: FoldedScope, slot: number, into: unknown[] = []): readonly unknown[] {
  for (const fact of folded.bySlot.get(slot) ?? NO_FACTS) into.push(fact);
  for (const scope of folded.nested) if (scope.slots.has(slot)) allFacts(scope, slot, into);
  return into;
}

/** Facts of one slot in lists that share a function; those outside of functions share one, too. */
export function* factsByFunction(folded: FoldedScope, slot: number): Generator<readonly unknown[]> {
  const own = folded.bySlot.get(slot);
  if (own !== undefined) yield own;
  for (const scope of folded.nested) if (scope.slots.has(slot)) yield* factsByFunction(scope, slot);
}

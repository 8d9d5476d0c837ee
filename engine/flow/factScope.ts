import type { FunctionNode } from '../api/kinds.ts';
import type { FactScope, FactStretch } from '../api/rule.ts';
import type { ts } from '../ts.ts';
import { SlotSet } from './slotSet.ts';
import { Stretches } from './stretches.ts';

/**
 * What one statement contributes to the function around it, in source order: facts, nested statements (by reference, so
 * that an unchanged one costs nothing), nested functions. The same object as long as the node it is of.
 */
export type Entry =
  | { readonly kind: 'fact'; readonly slot: number; readonly fact: unknown }
  | { readonly kind: 'statement'; readonly node: ts.Node; readonly entries: readonly Entry[] }
  | { readonly kind: 'function'; readonly scope: FoldedScope };

/** Facts that lie together, by slot: one pass over their entries, shared by every rule. */
export interface Folded {
  readonly bySlot: ReadonlyMap<number, readonly unknown[]>;
  readonly nested: readonly FoldedScope[];
  /** In a long one everything is in its stretches; empty in others. */
  readonly stretches: readonly Folded[];
  /** Slots with facts here or in a nested function. */
  readonly slots: SlotSet;
  /** What single rules see of it, by slot, as far as they asked (cache: scope views). */
  readonly views: Map<number, FactStretch<unknown>>;
}

/** All facts of one function or file. */
export interface FoldedScope extends Folded {
  readonly owner: ts.SourceFile | FunctionNode;
}

const NO_FACTS: readonly unknown[] = [];
/** Longer lists are folded by stretches. */
const LONG = 64;

/** What long lists of entries come to (cache: stretches). */
export type FoldedStretches = Stretches<Entry, Folded>;

/** For the lists of one document. */
export function foldedStretches(): FoldedStretches {
  const stretches: FoldedStretches = new Stretches((entries) => fold(entries, stretches));
  return stretches;
}

/** Folds the entries under `owner`, which must be complete. Cost: its own entries; of a long list, one for each stretch. */
export function foldScope(
  owner: ts.SourceFile | FunctionNode,
  entries: readonly Entry[],
  known: FoldedStretches,
): FoldedScope {
  return { owner, ...fold(entries, known) };
}

/** A fold while it is put together. */
interface Folding extends Folded {
  readonly bySlot: Map<number, unknown[]>;
  readonly nested: FoldedScope[];
}

function folding(): Folding {
  return { bySlot: new Map(), nested: [], stretches: [], slots: new SlotSet(), views: new Map() };
}

function fold(entries: readonly Entry[], known: FoldedStretches): Folded {
  const stretches: Folded[] = [];
  let current = folding();
  const expand = (list: readonly Entry[]): void => {
    if (list.length > LONG) {
      if (!current.slots.isEmpty) stretches.push(current);
      stretches.push(...known.of(list));
      current = folding();
      return;
    }
    for (const entry of list) {
      if (entry.kind === 'fact') {
        const facts = current.bySlot.get(entry.slot);
        if (facts === undefined) current.bySlot.set(entry.slot, [entry.fact]);
        else facts.push(entry.fact);
        current.slots.add(entry.slot);
      } else if (entry.kind === 'statement') {
        expand(entry.entries);
      } else if (!entry.scope.slots.isEmpty) {
        current.nested.push(entry.scope);
        current.slots.addAll(entry.scope.slots);
      }
    }
  };
  expand(entries);
  if (stretches.length === 0) return current;
  if (!current.slots.isEmpty) stretches.push(current);
  const slots = new SlotSet();
  for (const stretch of stretches) slots.addAll(stretch.slots);
  return { bySlot: new Map(), nested: [], stretches, slots, views: new Map() };
}

/** One rule's view of a folded scope: the same object as long as nothing in its function changed. */
export function viewScope(folded: FoldedScope, slot: number): FactScope<unknown> {
  return view(folded, slot) as FactScope<unknown>;
}

function view(folded: Folded | FoldedScope, slot: number): FactStretch<unknown> {
  const known = folded.views.get(slot);
  if (known !== undefined) return known;
  let scopes: readonly FactScope<unknown>[] | undefined;
  let stretches: readonly FactStretch<unknown>[] | undefined;
  const made: FactStretch<unknown> & Partial<FactScope<unknown>> = {
    ...('owner' in folded && { owner: folded.owner }),
    get facts() {
      return folded.stretches.length === 0 ? (folded.bySlot.get(slot) ?? NO_FACTS) : ownFacts(folded, slot, []);
    },
    get scopes() {
      scopes ??= nestedScopes(folded, slot, []).map((scope) => viewScope(scope, slot));
      return scopes;
    },
    get stretches() {
      stretches ??= folded.stretches.flatMap((stretch) => (stretch.slots.has(slot) ? [view(stretch, slot)] : []));
      return stretches;
    },
    all: () => allFacts(folded, slot),
  };
  folded.views.set(slot, made);
  return made;
}

/** Own facts of one slot and those of nested functions, in source order by scope. */
export function allFacts(folded: Folded, slot: number, into: unknown[] = []): readonly unknown[] {
  ownFacts(folded, slot, into);
  for (const scope of nestedScopes(folded, slot, [])) allFacts(scope, slot, into);
  return into;
}

/** Whether a scope has facts of a slot itself, not only in nested functions. */
export function hasOwn({ bySlot, stretches }: Folded, slot: number): boolean {
  return bySlot.has(slot) || stretches.some((stretch) => stretch.slots.has(slot) && hasOwn(stretch, slot));
}

/** Facts of one slot in lists that share a function; those outside of functions share one, too. */
export function* factsByFunction(folded: Folded, slot: number): Generator<readonly unknown[]> {
  const own = ownFacts(folded, slot, []);
  if (own.length > 0) yield own;
  for (const scope of nestedScopes(folded, slot, [])) yield* factsByFunction(scope, slot);
}

function ownFacts({ bySlot, stretches }: Folded, slot: number, into: unknown[]): readonly unknown[] {
  for (const fact of bySlot.get(slot) ?? NO_FACTS) into.push(fact);
  for (const stretch of stretches) if (stretch.slots.has(slot)) ownFacts(stretch, slot, into);
  return into;
}

/** The functions right below that have facts of a slot. */
function nestedScopes({ nested, stretches }: Folded, slot: number, into: FoldedScope[]): readonly FoldedScope[] {
  for (const scope of nested) if (scope.slots.has(slot)) into.push(scope);
  for (const stretch of stretches) if (stretch.slots.has(slot)) nestedScopes(stretch, slot, into);
  return into;
}

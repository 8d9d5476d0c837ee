import type { FunctionNode } from '../api/kinds.ts';
import type { FactScope, FactStretch } from '../api/rule.ts';
import type { ts } from '../ts.ts';
import { SlotSet } from './slotSet.ts';
import { LONG, Stretches } from './stretches.ts';

/**
 * What one statement contributes to the function around it, in source order: facts, nested statements (by reference, so
 * that an unchanged one costs nothing), nested functions. The same object as long as the node it is of.
 */
export type Entry =
  | { readonly kind: 'fact'; readonly slot: number; readonly fact: unknown }
  | { readonly kind: 'statement'; readonly node: ts.Node; readonly entries: readonly Entry[] }
  | { readonly kind: 'function'; readonly scope: FoldedScope };

type Owner = ts.SourceFile | FunctionNode;

/** All facts of one function, file, or stretch of one, by slot: one pass over its entries, shared by every rule. */
export interface FoldedScope {
  /** A stretch has none. */
  readonly owner: Owner | undefined;
  readonly bySlot: ReadonlyMap<number, readonly unknown[]>;
  readonly nested: readonly FoldedScope[];
  /** In a long one everything is in its stretches; empty in others. */
  readonly stretches: readonly FoldedScope[];
  /** Slots with facts here or in a nested function. */
  readonly slots: SlotSet;
  /** What single rules see of it, by slot, as far as they asked (cache: scope views). */
  readonly views: Map<number, FactScope<unknown>>;
}

const NO_FACTS: readonly unknown[] = [];
const NO_STRETCHES: readonly FoldedScope[] = [];

/** What long lists of entries come to (cache: stretches). */
export type FoldedStretches = Stretches<Entry, FoldedScope>;

/** For the lists of one document. */
export function foldedStretches(): FoldedStretches {
  const stretches: FoldedStretches = new Stretches((entries) => foldScope(undefined, entries, stretches));
  return stretches;
}

/** A scope while it is put together. */
class Folding implements FoldedScope {
  readonly owner: Owner | undefined;
  readonly bySlot = new Map<number, unknown[]>();
  readonly nested: FoldedScope[] = [];
  readonly slots = new SlotSet();
  readonly views = new Map<number, FactScope<unknown>>();
  stretches = NO_STRETCHES;

  constructor(owner: Owner | undefined) {
    this.owner = owner;
  }

  add(entry: Exclude<Entry, { kind: 'statement' }>): void {
    if (entry.kind === 'fact') {
      const facts = this.bySlot.get(entry.slot);
      if (facts === undefined) this.bySlot.set(entry.slot, [entry.fact]);
      else facts.push(entry.fact);
      this.slots.add(entry.slot);
    } else if (!entry.scope.slots.isEmpty) {
      this.nested.push(entry.scope);
      this.slots.addAll(entry.scope.slots);
    }
  }
}

/** Folds the entries under `owner`, which must be complete. Cost: its own entries; of a long list, one for each stretch. */
export function foldScope(owner: Owner | undefined, entries: readonly Entry[], known: FoldedStretches): FoldedScope {
  const stretches: FoldedScope[] = [];
  let current = new Folding(owner);
  const expand = (list: readonly Entry[]): void => {
    if (list.length > LONG) {
      if (!current.slots.isEmpty) stretches.push(current);
      stretches.push(...known.of(list));
      current = new Folding(undefined);
      return;
    }
    for (const entry of list) {
      if (entry.kind === 'statement') expand(entry.entries);
      else current.add(entry);
    }
  };
  expand(entries);
  if (stretches.length === 0) return current;
  if (!current.slots.isEmpty) stretches.push(current);
  const whole = new Folding(owner);
  for (const stretch of stretches) whole.slots.addAll(stretch.slots);
  whole.stretches = stretches;
  return whole;
}

/** One rule's view of a folded scope: the same object as long as nothing in its function changed. */
export function viewScope(folded: FoldedScope, slot: number): FactScope<unknown> {
  let view = folded.views.get(slot);
  if (view === undefined) {
    view = new ScopeView(folded, slot);
    folded.views.set(slot, view);
  }
  return view;
}

/** What one rule sees of a scope. Lists are made when somebody asks. */
class ScopeView implements FactScope<unknown> {
  private readonly folded: FoldedScope;
  private readonly slot: number;
  private nested: readonly FactScope<unknown>[] | undefined;
  private parts: readonly FactStretch<unknown>[] | undefined;

  constructor(folded: FoldedScope, slot: number) {
    this.folded = folded;
    this.slot = slot;
  }

  get owner(): Owner {
    // A stretch has none; it is given out as a `FactStretch`, which says so.
    return this.folded.owner as Owner;
  }

  get facts(): readonly unknown[] {
    return ownView(this.folded, this.slot);
  }

  get scopes(): readonly FactScope<unknown>[] {
    this.nested ??= nestedScopes(this.folded, this.slot, []).map((scope) => viewScope(scope, this.slot));
    return this.nested;
  }

  get stretches(): readonly FactStretch<unknown>[] {
    const { folded, slot } = this;
    this.parts ??= folded.stretches.flatMap((stretch) => (stretch.slots.has(slot) ? [viewScope(stretch, slot)] : []));
    return this.parts;
  }

  all(): readonly unknown[] {
    return allFacts(this.folded, this.slot);
  }
}

/** Own facts of one slot and those of nested functions, in source order by scope. */
export function allFacts(folded: FoldedScope, slot: number, into: unknown[] = []): readonly unknown[] {
  ownFacts(folded, slot, into);
  nestedFacts(folded, slot, into);
  return into;
}

function nestedFacts({ nested, stretches }: FoldedScope, slot: number, into: unknown[]): void {
  for (const scope of nested) if (scope.slots.has(slot)) allFacts(scope, slot, into);
  for (const stretch of stretches) if (stretch.slots.has(slot)) nestedFacts(stretch, slot, into);
}

/** Whether a scope has facts of a slot itself, not only in nested functions. */
export function hasOwn({ bySlot, stretches }: FoldedScope, slot: number): boolean {
  return bySlot.has(slot) || stretches.some((stretch) => stretch.slots.has(slot) && hasOwn(stretch, slot));
}

/** Facts of one slot in lists that share a function; those outside of functions share one, too. */
export function factsByFunction(
  folded: FoldedScope,
  slot: number,
  into: (readonly unknown[])[] = [],
): readonly (readonly unknown[])[] {
  const own = ownView(folded, slot);
  if (own.length > 0) into.push(own);
  for (const scope of nestedScopes(folded, slot, [])) factsByFunction(scope, slot, into);
  return into;
}

/** Own facts of one slot, without making a list where there is one. */
function ownView(folded: FoldedScope, slot: number): readonly unknown[] {
  return folded.stretches.length === 0 ? (folded.bySlot.get(slot) ?? NO_FACTS) : ownFacts(folded, slot, []);
}

function ownFacts({ bySlot, stretches }: FoldedScope, slot: number, into: unknown[]): readonly unknown[] {
  for (const fact of bySlot.get(slot) ?? NO_FACTS) into.push(fact);
  for (const stretch of stretches) if (stretch.slots.has(slot)) ownFacts(stretch, slot, into);
  return into;
}

/** The functions right below that have facts of a slot. */
function nestedScopes({ nested, stretches }: FoldedScope, slot: number, into: FoldedScope[]): readonly FoldedScope[] {
  for (const scope of nested) if (scope.slots.has(slot)) into.push(scope);
  for (const stretch of stretches) if (stretch.slots.has(slot)) nestedScopes(stretch, slot, into);
  return into;
}

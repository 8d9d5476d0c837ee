import type { ClaimGroup } from '../view.ts';
import { claimOf, groupOf } from './claims.ts';
import type { ItemState } from './documentState.ts';

/** Items of all documents by what they claim, and the groups that make. */
export class ClaimIndex {
  private readonly items = new Map<string, Set<ItemState>>();
  private readonly made = new Map<string, ClaimGroup>();
  private readonly due = new Set<string>();
  private list: readonly ClaimGroup[] = [];

  add(states: readonly ItemState[]): void {
    for (const state of states) {
      const claim = claimOf(state.item.title);
      if (claim === undefined) continue;
      this.items.set(claim, (this.items.get(claim) ?? new Set()).add(state));
      this.due.add(claim);
    }
  }

  delete(states: readonly ItemState[]): void {
    for (const state of states) {
      const claim = claimOf(state.item.title);
      if (claim === undefined) continue;
      this.items.get(claim)?.delete(state);
      this.due.add(claim);
    }
  }

  /** The judgement of an item changed. */
  touch(state: ItemState): void {
    const claim = claimOf(state.item.title);
    if (claim !== undefined) this.due.add(claim);
  }

  /** Groups by claim; the same objects where nothing changed. */
  groups(): readonly ClaimGroup[] {
    if (this.due.size === 0) return this.list;
    for (const claim of this.due) {
      const states = this.items.get(claim);
      if (states?.size === 0) this.items.delete(claim);
      const group =
        states === undefined
          ? undefined
          : groupOf(
              claim,
              [...states].map(({ judged }) => judged),
            );
      if (group === undefined) this.made.delete(claim);
      else this.made.set(claim, group);
    }
    this.due.clear();
    this.list = [...this.made.values()].sort((a, b) => (a.claim < b.claim ? -1 : 1));
    return this.list;
  }
}

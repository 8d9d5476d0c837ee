import { commands, EventEmitter, type Memento } from 'vscode';
import type { ChecklistFilter, ChecklistGrouping, ChecklistOrder, ChecklistPresentation } from '#protocol/checklist.ts';
import { isFiltered } from './filterText.ts';

const key = 'airworthy.checklist.presentation';

/** How the user wants to see the tree; kept for the workspace. */
export class PresentationState {
  readonly #memento: Memento;
  readonly #changed = new EventEmitter<void>();
  #current: ChecklistPresentation;

  readonly onDidChange = this.#changed.event;

  constructor(memento: Memento) {
    this.#memento = memento;
    this.#current = memento.get<ChecklistPresentation>(key, {});
    this.#publish();
  }

  get current(): ChecklistPresentation {
    return this.#current;
  }

  get group(): ChecklistGrouping {
    return this.#current.group ?? 'document';
  }

  setFilter(filter: ChecklistFilter): void {
    this.#set({ ...this.#current, filter });
  }

  setGroup(group: ChecklistGrouping): void {
    this.#set({ ...this.#current, group });
  }

  setSort(sort: ChecklistOrder): void {
    this.#set({ ...this.#current, sort });
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #set(next: ChecklistPresentation): void {
    this.#current = next;
    void this.#memento.update(key, next);
    this.#publish();
    this.#changed.fire();
  }

  /** Menus and welcome texts depend on it. */
  #publish(): void {
    void commands.executeCommand('setContext', 'airworthy.checklist.filtered', isFiltered(this.#current.filter));
  }
}

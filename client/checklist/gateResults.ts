import type { Memento } from 'vscode';
import type { ChecklistGateEnded } from '#protocol/checklist.ts';

const key = 'airworthy.checklist.gates';

/** Results that are kept; of a gate that was renamed or removed nobody asks again. */
const MOST = 500;

/** How gates ended when they were last run in this workspace; kept when the window is closed. */
export class GateResults {
  readonly #memento: Memento;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** The oldest first. */
  get all(): readonly ChecklistGateEnded[] {
    return this.#memento.get<readonly ChecklistGateEnded[]>(key, []);
  }

  async add(result: ChecklistGateEnded): Promise<void> {
    const others = this.all.filter(({ id }) => id !== result.id);
    await this.#memento.update(key, [...others, result].slice(-MOST));
  }
}

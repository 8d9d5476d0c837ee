import { StatusBarAlignment, type StatusBarItem, window } from 'vscode';
import type { Status } from '#protocol/messages.ts';
import { checklistView } from './view.ts';

/** Shows in the status bar how ready the workspace is; a click opens the tree. Hidden where there is no checklist. */
export class ReadinessItem {
  readonly #item: StatusBarItem;

  constructor() {
    this.#item = window.createStatusBarItem('airworthy.readiness', StatusBarAlignment.Left, 50);
    this.#item.name = 'Airworthy Readiness';
    this.#item.command = `${checklistView}.focus`;
  }

  /** `undefined` while the server is not running. */
  update(status: Status | undefined): void {
    const readiness = status?.readiness;
    if (!readiness) {
      this.#item.hide();
      return;
    }
    const { percent, blockers, items } = readiness;
    const blocking = blockers === 1 ? '1 blocker' : `${blockers} blockers`;
    const share = percent === null ? 'nothing can be checked' : `${percent} %`;
    // Blockers first: a percentage alone would hide them.
    this.#item.text = `$(checklist) ${blockers > 0 ? `${blocking}, ${share}` : share}`;
    this.#item.tooltip = `Production readiness: ${blocking}; ${percent === null ? share : `${percent} % of what can be checked is proven`}; ${items} checklist items. Click for the checklist.`;
    this.#item.accessibilityInformation = { label: `Production readiness: ${blocking}, ${share}` };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

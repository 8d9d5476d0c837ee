import { EventEmitter } from 'vscode';
import {
  type ChecklistChanged,
  checklistChildrenRequest,
  checklistGateNotification,
  checklistItemRequest,
  checklistRootsRequest,
} from '#protocol/checklist.ts';
import type { ChecklistServer } from './server.ts';

/** A connection to the server, as far as checklists need one. */
export interface Requests {
  request<R>(method: string, params: unknown): Promise<R>;
  notify(method: string, params: unknown): Promise<void>;
}

/** Speaks to a server that may still have to be loaded. Whoever loads it passes on its news. */
export class ChecklistConnection implements ChecklistServer {
  readonly #server: Promise<Requests>;
  readonly #changed = new EventEmitter<ChecklistChanged>();
  readonly #started = new EventEmitter<void>();

  readonly onDidChange = this.#changed.event;
  readonly onDidStart = this.#started.event;

  constructor(server: Promise<Requests>) {
    this.#server = server;
  }

  readonly roots: ChecklistServer['roots'] = (presentation) => this.#request(checklistRootsRequest, presentation);
  readonly children: ChecklistServer['children'] = (params) => this.#request(checklistChildrenRequest, params);
  readonly item: ChecklistServer['item'] = (id) => this.#request(checklistItemRequest, { id });
  readonly edit: ChecklistServer['edit'] = (command, argument) =>
    this.#request('workspace/executeCommand', { command, arguments: [argument] });
  readonly gateEnded: ChecklistServer['gateEnded'] = async (result) =>
    (await this.#server).notify(checklistGateNotification, result);

  changed(news: ChecklistChanged): void {
    this.#changed.fire(news);
  }

  started(): void {
    this.#started.fire();
  }

  dispose(): void {
    this.#changed.dispose();
    this.#started.dispose();
  }

  async #request<R>(method: string, params: unknown): Promise<R> {
    return (await this.#server).request<R>(method, params);
  }
}

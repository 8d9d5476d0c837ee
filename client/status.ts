import {
  type DocumentSelector,
  EventEmitter,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  languages,
} from 'vscode';
import { restartCommand, type Status } from '#protocol/messages.ts';
import { showOutputCommand } from './commands/showOutput.ts';

/** Shows in the language status of a document how the server is and how many findings there are. */
export class StatusItem {
  readonly #item: LanguageStatusItem;
  readonly #changed = new EventEmitter<Status | undefined>();
  #last: Status | undefined;
  #stopped = false;

  /** The server reported; with nothing when it is not running any more. */
  readonly onDidChange = this.#changed.event;

  constructor(selector: DocumentSelector) {
    this.#item = languages.createLanguageStatusItem('airworthy.status', selector);
    this.#item.name = 'Airworthy';
    this.starting();
  }

  /** The last report of the running server. */
  get last(): Status | undefined {
    return this.#last;
  }

  get isStopped(): boolean {
    return this.#stopped;
  }

  starting(): void {
    this.#last = undefined;
    this.#stopped = false;
    this.#changed.fire(undefined);
    this.#show({ text: 'Airworthy is starting', busy: true });
  }

  update(status: Status): void {
    this.#last = status;
    this.#changed.fire(status);
    const counts = summary(status);
    if (status.state === 'error') this.#show({ text: counts, detail: status.message, failed: true });
    else this.#show({ text: counts, detail: detail(status), busy: status.state !== 'ready' });
  }

  /** The server is not running and will not be started by itself. */
  stopped(reason: string): void {
    this.#last = undefined;
    this.#stopped = true;
    this.#changed.fire(undefined);
    this.#show({ text: 'Airworthy is not running', detail: reason, failed: true });
  }

  dispose(): void {
    this.#item.dispose();
    this.#changed.dispose();
  }

  #show(state: { text: string; detail?: string; busy?: boolean; failed?: boolean }): void {
    this.#item.text = state.text;
    this.#item.detail = state.detail ?? '';
    this.#item.busy = state.busy ?? false;
    this.#item.severity = state.failed ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    this.#item.command = state.failed
      ? { command: restartCommand, title: 'Restart' }
      : { command: showOutputCommand, title: 'Show output' };
  }
}

function summary({ findings }: Status): string {
  const counts = (['P0', 'P1', 'P2', 'P3'] as const).filter((priority) => findings[priority] > 0);
  return counts.length === 0
    ? 'Airworthy: no findings'
    : `Airworthy: ${counts.map((priority) => `${findings[priority]} ${priority}`).join(', ')}`;
}

function detail({ state, message, documents }: Status): string {
  if (message) return message;
  return state === 'indexing' ? `Analysing ${documents} files` : `${documents} files`;
}

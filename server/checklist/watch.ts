import { type Disposable, Emitter } from 'vscode-languageserver';
import type { ChecklistView } from '#engine/checklist/view.ts';
import type { Analysis } from '../lanes/analysis.ts';
import type { Discovery } from '../lanes/discovery.ts';
import type { Folder, Session } from '../session.ts';

/** What is different in the checklists of all folders since the last time this was told. */
export interface ChecklistNews {
  /** Grows with every change. */
  readonly revision: number;
  /** Paths of documents with items that differ, or that are new. */
  readonly documents: readonly string[];
  /** Documents came, went, or stand in another order. */
  readonly listed: boolean;
}

/** Compares the views that the folders' workspaces hold with those before, and tells what differs. */
export class ChecklistWatch implements Disposable {
  readonly #seen = new Map<Folder, ChecklistView>();
  readonly #changed = new Emitter<ChecklistNews>();
  readonly #listeners: readonly Disposable[];
  readonly #isIndexing: () => boolean;
  #revision = 0;
  #settled = false;

  readonly onDidChange = this.#changed.event;

  constructor(session: Session, analysis: Analysis, discovery: Pick<Discovery, 'busy' | 'onDidScan'>) {
    this.#isIndexing = () => discovery.busy || analysis.indexing;
    const settle = (): void => {
      if (this.#settled || !analysis.idle || this.#isIndexing()) return;
      this.#settled = true;
      this.#tell([], false);
    };
    this.#listeners = [
      analysis.onDidSettle(settle),
      discovery.onDidScan(settle),
      analysis.onDidIndex(() => {
        if (this.#isIndexing()) this.#settled = false;
      }),
      analysis.onDidAnalyze(({ folder, lane }) => {
        if (lane === 'checklist') this.#compare(folder);
      }),
      session.onDidRemoveFolder(({ folder }) => {
        if (this.#seen.delete(folder)) this.#tell([], true);
      }),
    ];
  }

  /**
   * True when all lanes had their say about all files: from when nothing was left to do, until files are analysed that
   * nobody has open. What is typed in the meantime does not change that.
   */
  get settled(): boolean {
    return this.#settled && !this.#isIndexing();
  }

  get revision(): number {
    return this.#revision;
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
  }

  #compare(folder: Folder): void {
    const before = this.#seen.get(folder);
    const view = folder.workspace.checklist();
    if (before?.revision === view.revision) return;
    this.#seen.set(folder, view);
    const known = new Set(before?.documents);
    const documents = view.documents.filter((document) => !known.has(document));
    const listed =
      before?.documents.length !== view.documents.length ||
      view.documents.some(({ path }, index) => before.documents[index]?.path !== path);
    this.#tell(
      documents.map(({ path }) => path),
      listed,
    );
  }

  #tell(documents: readonly string[], listed: boolean): void {
    this.#changed.fire({ revision: ++this.#revision, documents, listed });
  }
}

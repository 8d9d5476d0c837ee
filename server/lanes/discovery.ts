import { Emitter } from 'vscode-languageserver';
import type { Environment } from '../environment.ts';
import type { Folder, Session } from '../session.ts';
import type { Analysis } from './analysis.ts';
import type { Publisher } from './publisher.ts';

/** Finds the files of workspace folders and gives them to the workspace and the backlog. */
export class Discovery {
  readonly #environment: Environment;
  readonly #session: Session;
  readonly #analysis: Analysis;
  readonly #publisher: Publisher;
  readonly #log: (message: string) => void;
  readonly #running = new Map<Folder, AbortController>();
  readonly #scanned = new Emitter<Folder>();

  /** A folder was listed, or that was given up. */
  readonly onDidScan = this.#scanned.event;

  constructor(
    environment: Environment,
    session: Session,
    analysis: Analysis,
    publisher: Publisher,
    log: (message: string) => void,
  ) {
    this.#environment = environment;
    this.#session = session;
    this.#analysis = analysis;
    this.#publisher = publisher;
    this.#log = log;
    session.onDidRemoveFolder(({ folder }) => this.#running.get(folder)?.abort());
  }

  /** True while files of any folder are looked for. */
  get busy(): boolean {
    return this.#running.size > 0;
  }

  /**
   * Looks for all files of a folder, once open documents have their findings. What is new is analysed, what is gone or
   * ignored by now is forgotten.
   */
  async scan(folder: Folder): Promise<void> {
    this.#running.get(folder)?.abort();
    const controller = new AbortController();
    this.#running.set(folder, controller);
    try {
      await this.#analysis.openedFirst();
      controller.signal.throwIfAborted();
      const found = await this.#environment.discover(folder.root, controller.signal);
      if (!controller.signal.aborted) this.#adopt(folder, found);
    } catch (error) {
      if (!controller.signal.aborted) this.#log(`Cannot list ${folder.root}: ${String(error)}`);
    } finally {
      if (this.#running.get(folder) === controller) this.#running.delete(folder);
      this.#scanned.fire(folder);
    }
  }

  /** Takes in files that were created or changed on disk, as far as a scan would find them. */
  changed(paths: readonly string[]): void {
    for (const [folder, own] of this.#byFolder(paths)) {
      const wanted = own.filter(
        (path) => folder.workspace.version(path) !== undefined || this.#environment.isDiscovered(folder.root, path),
      );
      if (wanted.length === 0) continue;
      folder.workspace.refresh(wanted);
      this.#analysis.index(folder, wanted);
    }
  }

  /** Takes in all files below a folder that appeared. */
  async appeared(path: string): Promise<void> {
    if (this.#session.folderOf(path) === undefined) return;
    const found = await this.#environment.discover(path, new AbortController().signal);
    this.changed(found);
  }

  /** Forgets files that are gone, and all that were in folders that are gone. Open documents stay. */
  removed(paths: readonly string[]): void {
    const files = new Set(paths);
    for (const folder of this.#session.folders) {
      const gone = folder.workspace.paths().filter((path) => isBelowAny(path, files));
      this.#forget(folder, gone);
    }
  }

  dispose(): void {
    for (const controller of this.#running.values()) controller.abort();
  }

  #adopt(folder: Folder, found: readonly string[]): void {
    const { workspace } = folder;
    const own = found.filter((path) => this.#session.folderOf(path) === folder);
    const listed = new Set(own);
    this.#forget(
      folder,
      workspace.paths().filter((path) => !listed.has(path)),
    );
    const fresh = own.filter((path) => workspace.version(path) === undefined);
    workspace.refresh(fresh);
    this.#analysis.index(folder, fresh, 'all');
    // Left over from a folder that these files belonged to before.
    for (const { path } of [...this.#publisher.all()]) {
      if (this.#session.folderOf(path) === folder && workspace.version(path) === undefined)
        this.#publisher.update(path);
    }
  }

  #forget(folder: Folder, paths: readonly string[]): void {
    const closed = paths.filter((path) => this.#session.document(path) === undefined);
    if (closed.length === 0) return;
    folder.workspace.remove(closed);
    for (const path of closed) this.#publisher.clear(path);
    this.#analysis.judge(folder);
  }

  #byFolder(paths: readonly string[]): ReadonlyMap<Folder, readonly string[]> {
    const folders = new Map<Folder, string[]>();
    for (const path of paths) {
      const folder = this.#session.folderOf(path);
      if (folder === undefined || folder.loose) continue;
      const own = folders.get(folder);
      if (own === undefined) folders.set(folder, [path]);
      else own.push(path);
    }
    return folders;
  }
}

/** Whether a path is among others or below one of them. */
function isBelowAny(path: string, others: ReadonlySet<string>): boolean {
  for (let current = path; current !== ''; current = current.slice(0, Math.max(0, current.lastIndexOf('/')))) {
    if (others.has(current)) return true;
  }
  return false;
}

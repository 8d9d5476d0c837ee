import { Emitter } from 'vscode-languageserver';
import type { ContentChange, Disposable, Lane, Workspace } from '#engine/workspace/workspace.ts';
import type { Settings } from '#protocol/messages.ts';
import type { Environment, SavedOutcomes } from './environment.ts';

/** A document that the editor has taken over. A new object for each time it is opened: versions start anew. */
export interface OpenDocument {
  /** As the client spells it; answers use the same spelling. */
  readonly uri: string;
  readonly path: string;
  readonly language: string;
  readonly version: number;
  readonly folder: Folder;
}

/** One root under analysis. */
export interface Folder {
  readonly root: string;
  /** `true` for one that exists only because a document outside all workspace folders is open. */
  readonly loose: boolean;
  readonly workspace: Workspace;
  /** What its files said, kept for the next start. */
  readonly outcomes: SavedOutcomes | undefined;
  readonly settings: Settings;
}

interface MutableDocument extends OpenDocument {
  version: number;
  folder: MutableFolder;
}

interface MutableFolder extends Folder {
  settings: Settings;
  readonly listener: Disposable;
}

/** Paths whose result of a lane is out of date. */
export interface Invalidation {
  readonly folder: Folder;
  readonly paths: readonly string[];
  readonly lane: Lane;
}

/**
 * The workspace folders and open documents of one client. Every document belongs to exactly one folder: the nearest
 * above it, or a loose one of its own project, which goes away with its last document.
 */
export class Session {
  readonly #environment: Environment;
  readonly #log: (message: string) => void;
  /** Settings of loose folders, and of workspace folders until the client says. */
  defaults: Settings = {};
  /** Where what the files of a workspace folder said is kept, once the client gave room for it. */
  outcomesOf: ((root: string) => SavedOutcomes) | undefined;
  #disposed = false;
  readonly #folders = new Map<string, MutableFolder>();
  readonly #documents = new Map<string, MutableDocument>();
  readonly #invalidated = new Emitter<Invalidation>();
  readonly #opened = new Emitter<OpenDocument>();
  readonly #changed = new Emitter<OpenDocument>();
  readonly #closed = new Emitter<OpenDocument>();
  readonly #saved = new Emitter<string>();
  readonly #folderAdded = new Emitter<Folder>();
  readonly #folderRemoved = new Emitter<{ readonly folder: Folder; readonly paths: readonly string[] }>();

  readonly onDidInvalidate = this.#invalidated.event;
  /** Also fires when an open document moves to another folder. */
  readonly onDidOpen = this.#opened.event;
  readonly onDidChange = this.#changed.event;
  readonly onDidClose = this.#closed.event;
  /** With the path of what the editor wrote, also when no such document is known here. */
  readonly onDidSave = this.#saved.event;
  readonly onDidAddFolder = this.#folderAdded.event;
  /** With the paths the folder knew and that no longer belong to anybody. */
  readonly onDidRemoveFolder = this.#folderRemoved.event;

  constructor(environment: Environment, log: (message: string) => void) {
    this.#environment = environment;
    this.#log = log;
  }

  get folders(): readonly Folder[] {
    return [...this.#folders.values()];
  }

  get documents(): readonly OpenDocument[] {
    return [...this.#documents.values()];
  }

  document(path: string): OpenDocument | undefined {
    return this.#documents.get(path);
  }

  /** The folder a path belongs to: the nearest workspace folder above it, or else the nearest loose one. */
  folderOf(path: string): Folder | undefined {
    let loose: Folder | undefined;
    for (let root = path; ; root = parentOf(root)) {
      const folder = this.#folders.get(root);
      if (folder !== undefined && !folder.loose) return folder;
      loose ??= folder;
      if (root === parentOf(root)) return loose;
    }
  }

  addFolder(root: string): void {
    if (this.#disposed || this.#folders.get(root)?.loose === false) return;
    // A loose folder of the same root loses its documents to the new one, and with the last of them itself.
    this.#create(root, false, this.defaults);
  }

  removeFolder(root: string): void {
    const folder = this.#folders.get(root);
    if (folder !== undefined && !folder.loose) this.#drop(folder);
  }

  /**
   * Replaces a folder's settings, or those of all loose folders. Returns the folders for which they are new; their
   * configuration is read anew.
   */
  configure(root: string | 'loose', settings: Settings): readonly Folder[] {
    if (root === 'loose') this.defaults = settings;
    const changed: Folder[] = [];
    for (const folder of this.#folders.values()) {
      if (root === 'loose' ? !folder.loose : folder.root !== root) continue;
      if (JSON.stringify(folder.settings) === JSON.stringify(settings)) continue;
      folder.settings = settings;
      folder.workspace.reconfigure();
      changed.push(folder);
    }
    return changed;
  }

  open(uri: string, path: string, language: string, version: number, text: string): void {
    if (this.#disposed) return;
    if (this.#documents.has(path)) this.close(path);
    const folder = this.#homeOf(path);
    folder.workspace.open(path, language, version, text);
    const document: MutableDocument = { uri, path, language, version, folder };
    this.#documents.set(path, document);
    this.#opened.fire(document);
  }

  change(path: string, version: number | undefined, changes: readonly ContentChange[]): void {
    const document = this.#documents.get(path);
    if (document === undefined) return;
    document.version = version ?? document.version + 1;
    document.folder.workspace.change(path, document.version, changes);
    this.#changed.fire(document);
  }

  save(path: string): void {
    this.#documents.get(path)?.folder.workspace.save(path);
    this.#saved.fire(path);
  }

  close(path: string): void {
    const document = this.#documents.get(path);
    if (document === undefined) return;
    this.#documents.delete(path);
    const folder = document.folder;
    folder.workspace.close(path);
    // A workspace takes over what it finds on disk, but outside all folders only open documents count.
    if (folder.loose) folder.workspace.remove([path]);
    this.#closed.fire(document);
    this.#dropIfUnused(folder);
  }

  dispose(): void {
    this.#disposed = true;
    for (const folder of this.#folders.values()) {
      folder.listener.dispose();
      folder.workspace.dispose();
    }
    this.#folders.clear();
    this.#documents.clear();
  }

  #homeOf(path: string): MutableFolder {
    const root = this.folderOf(path)?.root ?? this.#environment.projectRoot(path);
    return this.#folders.get(root) ?? this.#create(root, true, this.defaults);
  }

  #dropIfUnused(folder: MutableFolder): void {
    if (folder.loose && !this.documents.some((document) => document.folder === folder)) this.#drop(folder);
  }

  #create(root: string, loose: boolean, settings: Settings): MutableFolder {
    const above = this.folderOf(root);
    const current: { settings: Settings } = { settings };
    const outcomes = loose ? undefined : this.outcomesOf?.(root);
    const workspace = this.#environment.createWorkspace(root, () => current.settings, this.#log, outcomes);
    const folder: MutableFolder = {
      root,
      loose,
      workspace,
      outcomes,
      get settings() {
        return current.settings;
      },
      set settings(next) {
        current.settings = next;
      },
      listener: workspace.onDidInvalidate((paths, lane) => this.#invalidated.fire({ folder, paths, lane })),
    };
    this.#folders.set(root, folder);
    // What the new folder is nearest to is no longer the business of the one above.
    const taken = above?.workspace.paths().filter((path) => this.folderOf(path) === folder) ?? [];
    this.#rehome();
    above?.workspace.remove(taken);
    this.#folderAdded.fire(folder);
    return folder;
  }

  #drop(folder: MutableFolder): void {
    if (this.#folders.get(folder.root) === folder) this.#folders.delete(folder.root);
    this.#rehome();
    const paths = folder.workspace.paths().filter((path) => !this.#documents.has(path));
    folder.listener.dispose();
    folder.workspace.dispose();
    this.#folderRemoved.fire({ folder, paths });
  }

  /** Moves open documents to the folder that is nearest now. */
  #rehome(): void {
    for (const document of [...this.#documents.values()]) {
      const { path, language, version } = document;
      const nearest = this.#homeOf(path);
      // Read now: making a new home has moved documents already.
      const { folder } = document;
      if (nearest === folder) continue;
      const text = folder.workspace.text(path) ?? '';
      folder.workspace.close(path);
      folder.workspace.remove([path]);
      nearest.workspace.open(path, language, version, text);
      document.folder = nearest;
      this.#opened.fire(document);
      this.#dropIfUnused(folder);
    }
  }
}

/** The folder above; the root is its own parent. */
function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash < 0) return path;
  return slash === 0 ? '/' : path.slice(0, slash);
}

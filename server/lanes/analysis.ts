import { Emitter, type Event } from 'vscode-languageserver';
import type { Lane } from '#engine/workspace/workspace.ts';
import { describeError } from '../describeError.ts';
import type { Folder, Invalidation, OpenDocument, Session } from '../session.ts';
import { Backlog, type BacklogProgress } from './backlog.ts';
import { isShown } from './publisher.ts';
import { type Delay, LaneScheduler, type Priority, priority, type Turn } from './scheduler.ts';

/** Lanes whose run answers for all documents of a folder at once. */
const wholeFolder: ReadonlySet<Lane> = new Set(['project', 'checklist']);

const PROJECT_QUIET = 300;
const TYPES_QUIET = 200;
/** Milliseconds that a client has, once connected, to say which documents are open: these come before all others. */
const HEAD_START = 250;
const DISCOVERY = 'discovery';
/** Milliseconds over which news for the checklists is gathered. They are judged at the end of it, typing or not. */
const CHECKLIST_PAUSE = 300;
/** The type checker may use this part of the time while somebody types: it waits this many times what it last took. */
const TYPES_PATIENCE = 3;

/** A lane ran for these documents. */
export interface Analyzed {
  readonly folder: Folder;
  readonly lane: Lane;
  readonly paths: readonly string[];
}

/** Decides when which lane runs for which document, from edits and from what the engine says is out of date. */
export class Analysis {
  readonly #session: Session;
  readonly #scheduler: LaneScheduler;
  readonly #analyzed = new Emitter<Analyzed>();
  /** Milliseconds the types lane last took, by path. */
  readonly #typesCost = new Map<string, number>();
  /** Folders of which the lane that spans documents has something to say anew. */
  readonly #outdated = new WeakSet<Folder>();

  readonly #backlog: Backlog;
  readonly #complete = new WeakSet<Folder>();
  /** Folders whose checklists wait to be judged. */
  readonly #unjudged = new WeakSet<Folder>();
  /** Who waits for the first documents to be through the syntax lane. */
  readonly #behindOpened: (() => void)[] = [];
  #hasStarted = false;

  readonly #idle = new Emitter<void>();

  readonly onDidAnalyze = this.#analyzed.event;
  /** The last of all that waited is done. */
  readonly onDidSettle = this.#idle.event;
  readonly onDidIndex: Event<BacklogProgress>;

  constructor(session: Session, log: (message: string) => void) {
    this.#session = session;
    this.#scheduler = new LaneScheduler(
      (key, error) => log(`${key}: ${describeError(error)}`),
      () => this.#idle.fire(),
    );
    this.#backlog = new Backlog(
      this.#scheduler,
      (path) => session.document(path) !== undefined,
      (folder, path, lane, turn) => this.#run(folder, path, lane, turn),
    );
    this.onDidIndex = this.#backlog.onDidProgress;
    this.#backlog.onDidFinishLane(({ folder, lane }) => {
      if (lane === 'syntax') this.#scheduleProject(folder, 'now');
    });
    this.onDidAnalyze(({ folder, lane }) => {
      if (lane !== 'checklist') this.judge(folder);
    });
    session.onDidOpen((document) => this.#opened(document));
    session.onDidChange((document) => this.#edited(document));
    session.onDidClose((document) => this.#closed(document));
    session.onDidInvalidate((invalidation) => this.#invalidated(invalidation));
    session.onDidRemoveFolder(({ folder, paths }) => {
      for (const lane of wholeFolder) this.#scheduler.cancel(folderKey(folder, lane));
      this.#backlog.cancel(folder);
      for (const path of paths) this.#forget(path);
    });
  }

  /** True while nothing waits or runs in any lane. */
  get idle(): boolean {
    return this.#scheduler.idle;
  }

  /** True while documents that are not open wait for analysis. */
  get indexing(): boolean {
    return this.#session.folders.some((folder) => this.#backlog.has(folder));
  }

  /** Resolves when these lanes are up to date for a document; what waits for a pause in typing is run at once. */
  async settled(document: OpenDocument, lanes: readonly Lane[]): Promise<void> {
    for (const lane of lanes) {
      const key = wholeFolder.has(lane) ? folderKey(document.folder, lane) : pathKey(document.path, lane);
      await this.#scheduler.settled(key);
    }
  }

  /**
   * Resolves when the syntax lane is through with the documents that are open. After the start of the session it waits a
   * little for the first of them: what reads a whole folder would hold up the message that opens it, and its findings.
   */
  openedFirst(): Promise<void> {
    return new Promise((resolve) => {
      this.#behindOpened.push(resolve);
      this.#goOnBehindOpened(this.#hasStarted ? 'now' : HEAD_START);
    });
  }

  /**
   * Analyses documents in the background, as far as they are not open. Once that was done for `all` documents of the
   * folder, and not earlier, it is told what spans documents: what a file lacks may stand in one that was not read yet.
   */
  index(folder: Folder, paths: readonly string[], extent: 'some' | 'all' = 'some'): void {
    this.#backlog.add(folder, 'syntax', paths);
    if (isShown(folder, false)) this.#backlog.add(folder, 'types', paths);
    if (extent === 'some') return;
    this.#complete.add(folder);
    this.#scheduleProject(folder, 'now');
  }

  /** Gives up background work that has not been done, and what spans documents with it. */
  cancelIndexing(folder: Folder): void {
    if (!this.#backlog.has(folder)) return;
    if (this.#backlog.has(folder, 'syntax')) this.#complete.delete(folder);
    this.#backlog.cancel(folder);
  }

  /** Judges the checklists of a folder before long: something they are held against is different. */
  judge(folder: Folder): void {
    if (this.#unjudged.has(folder)) return;
    this.#unjudged.add(folder);
    this.#scheduler.schedule(
      {
        key: folderKey(folder, 'checklist'),
        priority: priority.project,
        run: async (turn) => {
          this.#unjudged.delete(folder);
          const { workspace } = folder;
          const paths = workspace.paths();
          const result = await workspace.analyze(paths[0] ?? folder.root, 'checklist', turn);
          if (result === 'superseded') this.judge(folder);
          else this.#analyzed.fire({ folder, lane: 'checklist', paths: result.stats.changed ?? [] });
        },
      },
      CHECKLIST_PAUSE,
    );
  }

  /** True when all documents of a folder are known or being analysed. */
  isComplete(folder: Folder): boolean {
    return this.#complete.has(folder);
  }

  dispose(): void {
    this.#scheduler.dispose();
  }

  #goOnBehindOpened(delay: Delay): void {
    const run = async (): Promise<void> => {
      this.#hasStarted = true;
      for (const resolve of this.#behindOpened.splice(0)) resolve();
    };
    this.#scheduler.schedule({ key: DISCOVERY, priority: priority.discovery, run }, delay);
  }

  #opened(document: OpenDocument): void {
    for (const lane of ['syntax', 'types'] as const) this.#scheduler.cancel(pathKey(document.path, lane));
    this.#schedule(document.folder, document.path, 'syntax', priority.opened, 'now');
    this.#schedule(document.folder, document.path, 'types', priority.types, 'now');
    if (this.#behindOpened.length === 0) return;
    // An editor tells of all its documents in one burst: whoever waits goes on behind the last of them.
    this.#scheduler.cancel(DISCOVERY);
    this.#goOnBehindOpened('burst');
  }

  #edited({ folder, path }: OpenDocument): void {
    this.#scheduler.supersede(pathKey(path, 'types'));
    this.#schedule(folder, path, 'syntax', priority.typing, 'burst');
    this.#schedule(folder, path, 'types', priority.types, this.#typesDelay(path));
  }

  #closed({ folder, path }: OpenDocument): void {
    this.#forget(path);
    if (this.#session.folderOf(path) !== folder || folder.workspace.version(path) === undefined) return;
    this.#schedule(folder, path, 'syntax', priority.opened, 'now');
    if (isShown(folder, false)) this.#backlog.add(folder, 'types', [path]);
  }

  #invalidated({ folder, paths, lane }: Invalidation): void {
    if (lane === 'checklist') {
      this.judge(folder);
      return;
    }
    if (lane === 'project') {
      this.#outdated.add(folder);
      this.#scheduleProject(folder, PROJECT_QUIET);
      return;
    }
    const types = lane === 'types';
    const others: string[] = [];
    for (const path of paths) {
      if (this.#session.document(path) === undefined) others.push(path);
      else if (types) this.#schedule(folder, path, 'types', priority.types, this.#typesDelay(path));
      else this.#schedule(folder, path, 'syntax', priority.opened, 'burst');
    }
    if (!types || isShown(folder, false)) this.#backlog.add(folder, types ? 'types' : 'syntax', others);
  }

  #typesDelay(path: string): number {
    return Math.max(TYPES_QUIET, TYPES_PATIENCE * (this.#typesCost.get(path) ?? 0));
  }

  #schedule(folder: Folder, path: string, lane: Lane, urgency: Priority, delay: Delay): void {
    this.#scheduler.schedule(
      { key: pathKey(path, lane), priority: urgency, run: (turn) => this.#run(folder, path, lane, turn) },
      delay,
    );
  }

  #scheduleProject(folder: Folder, delay: Delay): void {
    this.#scheduler.schedule(
      {
        key: folderKey(folder, 'project'),
        priority: priority.project,
        run: async (turn) => {
          const { workspace } = folder;
          // The end of the backlog schedules this again.
          if (!this.#complete.has(folder) || this.#backlog.has(folder, 'syntax')) return;
          const [path] = workspace.paths();
          if (path === undefined || !this.#outdated.delete(folder)) return;
          const result = await workspace.analyze(path, 'project', turn);
          // Superseded means that the job is scheduled anew already: it still has to say what this one did not.
          if (result === 'superseded') this.#outdated.add(folder);
          else this.#analyzed.fire({ folder, lane: 'project', paths: workspace.paths() });
        },
      },
      delay,
    );
  }

  async #run(folder: Folder, path: string, lane: Lane, turn: Turn): Promise<void> {
    const { workspace } = folder;
    if (this.#session.folderOf(path) !== folder || workspace.version(path) === undefined) return;
    const result = await workspace.analyze(path, lane, turn);
    if (result === 'superseded' || result.version !== workspace.version(path)) return;
    if (lane === 'types') this.#typesCost.set(path, result.stats.ms);
    this.#analyzed.fire({ folder, lane, paths: [path] });
  }

  #forget(path: string): void {
    this.#typesCost.delete(path);
    for (const lane of ['syntax', 'types'] as const) this.#scheduler.cancel(pathKey(path, lane));
  }
}

function pathKey(path: string, lane: Lane): string {
  return `${lane}:${path}`;
}

function folderKey(folder: Folder, lane: Lane): string {
  return `${lane}:${folder.root}`;
}

import { Emitter } from 'vscode-languageserver';
import type { Lane } from '#engine/workspace/workspace.ts';
import type { Folder } from '../session.ts';
import { type LaneScheduler, priority, type Turn } from './scheduler.ts';

/** Lanes in the order in which a backlog is worked off: all of one before the first of the next. */
const lanes = ['syntax', 'types'] as const;
type BacklogLane = (typeof lanes)[number];

/** How far the background work of a folder is. `done === total` is its end. */
export interface BacklogProgress {
  readonly folder: Folder;
  readonly done: number;
  readonly total: number;
}

interface Work {
  readonly open: Record<BacklogLane, Set<string>>;
  done: number;
  total: number;
}

/** Documents that nobody has open and that are analysed when there is nothing better to do, by folder. */
export class Backlog {
  readonly #scheduler: LaneScheduler;
  readonly #run: (folder: Folder, path: string, lane: Lane, turn: Turn) => Promise<void>;
  readonly #isOpen: (path: string) => boolean;
  readonly #work = new Map<Folder, Work>();
  readonly #progress = new Emitter<BacklogProgress>();
  readonly #lane = new Emitter<{ readonly folder: Folder; readonly lane: Lane }>();

  readonly onDidProgress = this.#progress.event;
  /** All documents of a folder went through a lane. */
  readonly onDidFinishLane = this.#lane.event;

  constructor(
    scheduler: LaneScheduler,
    isOpen: (path: string) => boolean,
    run: (folder: Folder, path: string, lane: Lane, turn: Turn) => Promise<void>,
  ) {
    this.#scheduler = scheduler;
    this.#isOpen = isOpen;
    this.#run = run;
  }

  add(folder: Folder, lane: BacklogLane, paths: Iterable<string>): void {
    const work = this.#work.get(folder) ?? { open: { syntax: new Set(), types: new Set() }, done: 0, total: 0 };
    const waiting = work.open[lane];
    const before = waiting.size;
    for (const path of paths) waiting.add(path);
    if (waiting.size === before) return;
    work.total += waiting.size - before;
    if (this.#work.has(folder)) return;
    this.#work.set(folder, work);
    const run = (turn: Turn): Promise<void> => this.#workOff(folder, work, turn);
    this.#scheduler.schedule({ key: keyOf(folder), priority: priority.background, run }, 'now');
  }

  /** True while documents of a folder wait for a lane, or for any. */
  has(folder: Folder, lane?: BacklogLane): boolean {
    const work = this.#work.get(folder);
    return work !== undefined && (lane === undefined || work.open[lane].size > 0);
  }

  /** Drops what has not been done. */
  cancel(folder: Folder): void {
    const work = this.#work.get(folder);
    if (work === undefined) return;
    for (const lane of lanes) work.open[lane].clear();
  }

  async #workOff(folder: Folder, work: Work, turn: Turn): Promise<void> {
    let sliceEnd = performance.now() + turn.budget;
    const breathe = async (): Promise<void> => {
      await turn.pause();
      sliceEnd = performance.now() + turn.budget;
    };
    for (let lane = nextLane(work); lane !== undefined; lane = nextLane(work)) {
      const [path] = work.open[lane];
      if (path === undefined) break;
      work.open[lane].delete(path);
      if (!this.#isOpen(path)) await this.#run(folder, path, lane, this.#turnFor(path, turn, breathe));
      this.#progress.fire({ folder, done: ++work.done, total: work.total });
      if (work.open[lane].size === 0) this.#lane.fire({ folder, lane });
      if (performance.now() > sliceEnd) await breathe();
    }
    this.#work.delete(folder);
    this.#progress.fire({ folder, done: work.total, total: work.total });
  }

  /** A document that is opened on the way gets jobs of its own. */
  #turnFor(path: string, turn: Turn, pause: () => Promise<void>): Turn {
    const isOpen = this.#isOpen;
    return {
      budget: turn.budget,
      get superseded() {
        return turn.superseded || isOpen(path);
      },
      pause,
    };
  }
}

function nextLane(work: Work): BacklogLane | undefined {
  return lanes.find((lane) => work.open[lane].size > 0);
}

function keyOf(folder: Folder): string {
  return `backlog:${folder.root}`;
}

import type { Scheduler } from '#engine/workspace/workspace.ts';

/** Who goes first when several jobs want to run; higher wins. */
export const priority = {
  background: 0,
  project: 1,
  types: 2,
  discovery: 3,
  opened: 4,
  typing: 5,
  request: 6,
} as const;
export type Priority = (typeof priority)[keyof typeof priority];

/**
 * When a job becomes ready: at once, after a number of quiet milliseconds, or when a burst of messages is through.
 * Each scheduling of the same key starts the wait again.
 */
export type Delay = 'now' | 'burst' | number;

/** What a running job sees of the scheduler. */
export type Turn = Scheduler;

export interface Job {
  /** One job per key: scheduling it again replaces a waiting one and supersedes a running one. */
  readonly key: string;
  readonly priority: Priority;
  /** Long work calls `turn.pause()`; when `turn.superseded` it ends without a result. */
  run(turn: Turn): Promise<void>;
}

/** Milliseconds a job may run before others get a chance. */
const SLICE = 8;
/** A burst is over after a turn of the event loop without news, and at the latest after this many milliseconds. */
const LONGEST_BURST = 100;

interface Entry {
  job: Job;
  state: 'waiting' | 'ready' | 'running';
  superseded: boolean;
  /** The job that was scheduled while this one ran. */
  next: { readonly job: Job; readonly delay: Delay } | undefined;
  /** Counts schedulings, to see whether a burst goes on. */
  news: number;
  cancelWait: () => void;
  readonly waiters: (() => void)[];
}

/**
 * Runs jobs one at a time in slices. A job that pauses gives way to any of higher priority, so that typing is answered
 * in the middle of a background run; and every turn goes through the event loop, so that messages are read in between.
 */
export class LaneScheduler {
  readonly #entries = new Map<string, Entry>();
  /** Paused jobs with what lets them go on, oldest first. */
  readonly #paused: { readonly entry: Entry; readonly resume: () => void }[] = [];
  readonly #onError: (key: string, error: unknown) => void;
  readonly #onIdle: () => void;
  #running = false;
  #armed = false;
  #disposed = false;

  constructor(onError: (key: string, error: unknown) => void, onIdle: () => void) {
    this.#onError = onError;
    this.#onIdle = onIdle;
  }

  /** True while nothing waits or runs. */
  get idle(): boolean {
    return this.#entries.size === 0;
  }

  schedule(job: Job, delay: Delay): void {
    if (this.#disposed) return;
    const entry = this.#entries.get(job.key);
    if (entry?.state === 'running') {
      entry.superseded = true;
      entry.next = { job, delay };
      return;
    }
    if (entry !== undefined) {
      if (job.priority < entry.job.priority) return;
      entry.job = job;
      entry.news++;
      // What is ready stays ready, and a burst's end is already being watched for.
      if (entry.state === 'waiting' && delay !== 'burst') this.#wait(entry, delay);
      return;
    }
    const created: Entry = {
      job,
      state: 'waiting',
      superseded: false,
      next: undefined,
      news: 0,
      cancelWait: () => {},
      waiters: [],
    };
    this.#entries.set(job.key, created);
    this.#wait(created, delay);
  }

  /** Tells a running job that its result is out of date. A waiting one will see what is new anyway. */
  supersede(key: string): void {
    const entry = this.#entries.get(key);
    if (entry?.state === 'running') entry.superseded = true;
  }

  /** Takes a job back; a running one ends at its next pause. */
  cancel(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    entry.superseded = true;
    entry.next = undefined;
    if (entry.state === 'running') return;
    this.#end(entry);
  }

  /**
   * Resolves when nothing with this key waits or runs. What waits is started at once: somebody is asking for it.
   */
  async settled(key: string): Promise<void> {
    for (let entry = this.#entries.get(key); entry !== undefined; entry = this.#entries.get(key)) {
      if (entry.state === 'waiting') this.#wait(entry, 'now');
      if (entry.job.priority < priority.request) entry.job = { ...entry.job, priority: priority.request };
      const current = entry;
      await new Promise<void>((resolve) => current.waiters.push(resolve));
    }
  }

  dispose(): void {
    this.#disposed = true;
    for (const key of [...this.#entries.keys()]) this.cancel(key);
  }

  #wait(entry: Entry, delay: Delay): void {
    entry.cancelWait();
    const ready = (): void => {
      entry.state = 'ready';
      this.#arm();
    };
    if (delay === 'now') {
      entry.cancelWait = () => {};
      ready();
    } else if (delay === 'burst') {
      entry.cancelWait = whenQuiet(() => entry.news, ready);
    } else {
      const timer = setTimeout(ready, delay);
      entry.cancelWait = () => clearTimeout(timer);
    }
  }

  #arm(): void {
    if (this.#armed || this.#running) return;
    this.#armed = true;
    setImmediate(() => {
      this.#armed = false;
      this.#next();
    });
  }

  /** Starts or resumes the most urgent job; among equals, one that has begun goes first. */
  #next(): void {
    if (this.#running) return;
    let best: Entry | undefined;
    let pausedAt = -1;
    for (const [index, { entry }] of this.#paused.entries()) {
      if (best !== undefined && entry.job.priority <= best.job.priority) continue;
      best = entry;
      pausedAt = index;
    }
    for (const entry of this.#entries.values()) {
      if (entry.state !== 'ready' || (best !== undefined && entry.job.priority <= best.job.priority)) continue;
      best = entry;
      pausedAt = -1;
    }
    if (best === undefined) return;
    this.#running = true;
    if (pausedAt >= 0) this.#paused.splice(pausedAt, 1)[0]?.resume();
    else void this.#run(best);
  }

  async #run(entry: Entry): Promise<void> {
    entry.state = 'running';
    const turn: Turn = {
      budget: SLICE,
      get superseded() {
        return entry.superseded;
      },
      pause: () => this.#pause(entry),
    };
    try {
      await entry.job.run(turn);
    } catch (error) {
      this.#onError(entry.job.key, error);
    }
    this.#running = false;
    this.#end(entry);
    if (entry.next !== undefined) this.schedule(entry.next.job, entry.next.delay);
    this.#arm();
    if (this.idle && !this.#disposed) this.#onIdle();
  }

  #pause(entry: Entry): Promise<void> {
    return new Promise((resume) => {
      this.#paused.push({ entry, resume });
      this.#running = false;
      this.#arm();
    });
  }

  #end(entry: Entry): void {
    entry.cancelWait();
    this.#entries.delete(entry.job.key);
    for (const resolve of entry.waiters.splice(0)) resolve();
  }
}

/**
 * Calls back once a turn of the event loop went by without news. Messages of one burst are handled one per turn, and
 * the one after this may come later in the same turn, hence two turns of silence to begin with.
 */
function whenQuiet(news: () => number, callback: () => void): () => void {
  const started = performance.now();
  let seen = -1;
  let handle = setImmediate(check);
  function check(): void {
    const now = news();
    const over = now === seen || performance.now() - started > LONGEST_BURST;
    seen = now;
    if (over) callback();
    else handle = setImmediate(check);
  }
  return () => clearImmediate(handle);
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { OutcomeStore, StoredOutcome } from '#engine/workspace/outcomeStore.ts';

/** One file's outcome: what it is about, a check of the rest, and the outcome as JSON, read when it is asked for. */
interface Entry {
  readonly key: string;
  readonly check: string;
  readonly json: string;
}

/** Entries that are put together in one go when the file is written. */
const AT_ONCE = 200;
/** A larger file is left alone: reading it would cost more than it saves. */
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Outcomes in a file, one per line. It is read when it is first asked and written by {@link save}. A file of another
 * version, a broken one or a missing one is as good as none: what it lacks is analysed again.
 */
export class OutcomeFile implements OutcomeStore {
  readonly #file: string;
  readonly #head: string;
  #entries: Map<string, Entry> | undefined;
  #hasNews = false;
  #saving: Promise<void> = Promise.resolve();

  /** `version` names whatever made the outcomes: rules and engine. Entries of another version are not used. */
  constructor(file: string, version: string) {
    this.#file = file;
    this.#head = `airworthy outcomes ${version}`;
  }

  load(path: string, text: string, surroundings: string): StoredOutcome | undefined {
    const entry = this.#all().get(path);
    if (entry === undefined || entry.key !== keyOf(text, surroundings) || entry.check !== digest(entry.json)) {
      return undefined;
    }
    return JSON.parse(entry.json) as StoredOutcome;
  }

  keep(path: string, text: string, surroundings: string, outcome: StoredOutcome): void {
    const json = JSON.stringify(outcome);
    this.#all().set(path, { key: keyOf(text, surroundings), check: digest(json), json });
    this.#hasNews = true;
  }

  /** Writes what is new, without the files that `isKnown` denies. Rejects when the disk refuses. */
  save(isKnown: (path: string) => boolean): Promise<void> {
    this.#saving = this.#saving.catch(() => {}).then(() => this.#write(isKnown));
    return this.#saving;
  }

  async #write(isKnown: (path: string) => boolean): Promise<void> {
    if (!this.#hasNews) return;
    this.#hasNews = false;
    const parts = [`${this.#head}\n`];
    let lines: string[] = [];
    for (const [path, { key, check, json }] of [...this.#all()]) {
      if (!isKnown(path)) continue;
      lines.push(`${JSON.stringify(path)}\t${key}\t${check}\t${json}\n`);
      if (lines.length < AT_ONCE) continue;
      parts.push(lines.join(''));
      lines = [];
      await new Promise((resolve) => setImmediate(resolve));
    }
    parts.push(lines.join(''));
    await mkdir(dirname(this.#file), { recursive: true });
    // Written beside and moved: another window may read it meanwhile.
    const beside = `${this.#file}.${process.pid}`;
    try {
      await writeFile(beside, parts);
      await rename(beside, this.#file);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  }

  #all(): Map<string, Entry> {
    this.#entries ??= this.#read();
    return this.#entries;
  }

  #read(): Map<string, Entry> {
    const entries = new Map<string, Entry>();
    let text: string;
    try {
      const bytes = readFileSync(this.#file);
      if (bytes.length > MAX_BYTES) return entries;
      text = bytes.toString('utf8');
    } catch {
      return entries;
    }
    const [head, ...lines] = text.split('\n');
    if (head !== this.#head) return entries;
    for (const line of lines) {
      const [path, key, check, json, more] = line.split('\t');
      if (path === undefined || key === undefined || check === undefined || json === undefined || more !== undefined)
        continue;
      const name = pathIn(path);
      if (name !== undefined) entries.set(name, { key, check, json });
    }
    return entries;
  }
}

function pathIn(json: string): string | undefined {
  try {
    const path: unknown = JSON.parse(json);
    return typeof path === 'string' ? path : undefined;
  } catch {
    return undefined;
  }
}

function keyOf(text: string, surroundings: string): string {
  return createHash('sha1').update(surroundings).update('\0').update(text).digest('base64');
}

function digest(text: string): string {
  return createHash('sha1').update(text).digest('base64');
}

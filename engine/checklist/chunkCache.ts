import { type ChunkDrafts, readChunk } from './chunk.ts';

/** What the pieces of one document said when it was last parsed, by their text. One document owns one cache. */
export class ChunkCache {
  #last = new Map<string, ChunkDrafts>();
  #now = new Map<string, ChunkDrafts>();

  read(source: string): ChunkDrafts {
    const known = this.#now.get(source) ?? this.#last.get(source) ?? readChunk(source);
    this.#now.set(source, known);
    return known;
  }

  /** Forgets the pieces that were not read since the last sweep. */
  sweep(): void {
    this.#last = this.#now;
    this.#now = new Map();
  }
}

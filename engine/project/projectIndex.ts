import type { Span } from '../api/finding.ts';
import type { FileValue } from '../api/rule.ts';

/** A facet's value for one file. `json` is what is compared; spans move with every edit and are not. */
export interface FacetValue {
  readonly json: string;
  readonly value: unknown;
  readonly spans: readonly Span[];
}

/**
 * Plain data, never changed again, with the places it speaks of. Its JSON is made when somebody asks: a file that is new is
 * compared with nothing.
 */
export function facetValue(value: unknown, spans: readonly Span[]): FacetValue {
  let json: string | undefined;
  return {
    value,
    spans,
    get json() {
      json ??= JSON.stringify(value);
      return json;
    },
  };
}

/** What a file tells the project. */
export interface FileFacts {
  readonly isTest: boolean;
  readonly values: ReadonlyMap<string, FacetValue>;
}

/**
 * Facts of all files, with a revision per facet that grows only when a value really changed: what keys the results of
 * project checks (cache: project index).
 */
export class ProjectIndex {
  private readonly files = new Map<string, FileFacts>();
  private readonly revisions = new Map<string, number>();
  private sorted: readonly string[] | undefined;
  private fileSetRevision = 0;

  /** Replaces a file's facts; true when any value differs from before. */
  set(path: string, facts: FileFacts): boolean {
    const before = this.files.get(path);
    this.files.set(path, facts);
    if (before === undefined) this.fileSetChanged();
    let changed = before === undefined;
    const names = new Set([...facts.values.keys(), ...(before?.values.keys() ?? [])]);
    for (const name of names) {
      const same = before?.isTest === facts.isTest && before.values.get(name)?.json === facts.values.get(name)?.json;
      if (same) continue;
      this.bump(name);
      changed = true;
    }
    return changed;
  }

  /** Forgets a file; true when it was known. */
  delete(path: string): boolean {
    const before = this.files.get(path);
    if (before === undefined) return false;
    this.files.delete(path);
    this.fileSetChanged();
    for (const name of before.values.keys()) this.bump(name);
    return true;
  }

  get(path: string): FileFacts | undefined {
    return this.files.get(path);
  }

  /** Values of a facet in path order. */
  *all(facet: string): Generator<FileValue<unknown>> {
    this.sorted ??= [...this.files.keys()].sort();
    for (const path of this.sorted) {
      const facts = this.files.get(path);
      const value = facts?.values.get(facet);
      if (facts !== undefined && value !== undefined) yield { path, value: value.value, isTest: facts.isTest };
    }
  }

  /** Key for results that read these facets and resolve imports. */
  revisionOf(facets: readonly string[]): string {
    return `${this.fileSetRevision}:${facets.map((facet) => this.revisions.get(facet) ?? 0).join()}`;
  }

  private fileSetChanged(): void {
    this.fileSetRevision++;
    this.sorted = undefined;
  }

  private bump(facet: string): void {
    this.revisions.set(facet, (this.revisions.get(facet) ?? 0) + 1);
  }
}

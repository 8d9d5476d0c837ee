import type { Configuration } from '../config/types.ts';
import { skipReason } from '../document/skip.ts';
import { TooDeep } from '../incremental/analyzeSource.ts';
import type { PackageView } from '../incremental/header.ts';
import type { ProjectIndex } from '../project/projectIndex.ts';
import { readSuppressions, type Suppressions } from '../suppressions/index.ts';
import { isStale, type Known, type KnownDocuments } from './knownDocuments.ts';
import { type OutcomeStore, restored, stored } from './outcomeStore.ts';
import type { SyntaxLane, SyntaxOutcome } from './syntaxLane.ts';
import type { TrackedDocument } from './trackedDocument.ts';
import type { Scheduler } from './workspace.ts';

export interface SyntaxResultsOptions {
  readonly documents: KnownDocuments;
  readonly configuration: Configuration;
  readonly index: ProjectIndex;
  readonly lane: SyntaxLane;
  readonly store: OutcomeStore | undefined;
  packagesFor(path: string): PackageView;
  /** A document is about to be analysed anew: what failed on it before is history. */
  onRestart(path: string): void;
  /** What is known of a document is different. */
  onChange(path: string): void;
  /** What a document tells the project is different. */
  onFactsChange(path: string): void;
}

/** Brings what the syntax lane said of each document up to date: skips, analyses, or takes it from the store. */
export class SyntaxResults {
  private readonly options: SyntaxResultsOptions;

  constructor(options: SyntaxResultsOptions) {
    this.options = options;
  }

  async update(known: Known, scheduler: Scheduler): Promise<'done' | 'superseded'> {
    if (!isStale(known)) return 'done';
    const document = this.prepare(known);
    if (document === undefined || this.fromStore(known, document)) return 'done';
    const { revision } = known;
    try {
      const outcome = await this.options.lane.run(document, this.options.configuration.for(known.path), scheduler);
      // The document may have been opened, changed, closed or removed while the lane was paused, or got other settings.
      if (outcome === 'superseded' || known.revision !== revision) return 'superseded';
      this.finish(known, document, outcome);
    } catch (error) {
      if (known.revision !== revision) return 'superseded';
      this.tooDeep(known, error);
    }
    return 'done';
  }

  /** The same in one go. */
  updateNow(known: Known): void {
    const document = this.prepare(known);
    if (document === undefined) return;
    try {
      this.finish(known, document, this.options.lane.runNow(document, this.options.configuration.for(known.path)));
    } catch (error) {
      this.tooDeep(known, error);
    }
  }

  /** The document to analyse, or `undefined` after noting why there is nothing to do. */
  private prepare(known: Known): TrackedDocument | undefined {
    const document = this.options.documents.current(known.path);
    if (document === undefined) {
      this.forget(known);
      return undefined;
    }
    const { excluded, maxFileSize } = this.options.configuration.for(known.path);
    const unsure = known.skipUnchecked || known.skipped !== undefined || document.text.length > maxFileSize;
    known.skipped = excluded ? 'excluded' : unsure ? skipReason(known.path, document.text, maxFileSize) : undefined;
    known.skipUnchecked = false;
    if (known.skipped !== undefined) {
      this.forget(known);
      return undefined;
    }
    this.options.onRestart(known.path);
    return document;
  }

  /** True when a file on disk was analysed before, by this process or an earlier one. */
  private fromStore(known: Known, document: TrackedDocument): boolean {
    const { store, configuration } = this.options;
    if (store === undefined || known.open !== undefined) return false;
    const { path } = known;
    const kept = store.load(path, document.text, this.surroundings(path));
    if (kept === undefined) return false;
    this.accept(known, restored(kept, configuration.for(path).hash), kept.suppressions);
    return true;
  }

  private finish(known: Known, document: TrackedDocument, outcome: SyntaxOutcome): void {
    const suppressions = suppressionsOf(document);
    this.accept(known, outcome, suppressions);
    // An editor's text may never be saved, and a rule that failed may have its say next time.
    if (known.open !== undefined || !outcome.isWhole) return;
    const { path } = known;
    this.options.store?.keep(path, document.text, this.surroundings(path), stored(outcome, suppressions));
  }

  private accept(known: Known, outcome: SyntaxOutcome, suppressions: Suppressions): void {
    known.outcome = outcome;
    known.stale = false;
    known.suppressions = suppressions;
    this.options.onChange(known.path);
    if (this.options.index.set(known.path, outcome.facts)) this.options.onFactsChange(known.path);
  }

  private surroundings(path: string): string {
    return `${this.options.configuration.for(path).hash}|${this.options.packagesFor(path).hash}`;
  }

  private tooDeep(known: Known, error: unknown): void {
    if (!(error instanceof TooDeep) && !(error instanceof RangeError)) throw error;
    known.skipped = 'too-deep';
    this.forget(known);
  }

  private forget(known: Known): void {
    known.outcome = undefined;
    known.suppressions = undefined;
    known.stale = false;
    this.options.onChange(known.path);
    if (this.options.index.delete(known.path)) this.options.onFactsChange(known.path);
  }
}

/** The suppression comments of a document's current text. */
export function suppressionsOf(document: TrackedDocument): Suppressions {
  return readSuppressions(document.suppressionSource());
}

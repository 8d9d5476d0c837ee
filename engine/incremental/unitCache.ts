import { type Entry, type FoldedStretches, foldedStretches } from '../flow/factScope.ts';
import type { ts } from '../ts.ts';
import { Judgements } from './factJudge.ts';
import type { RawFinding } from './rawFinding.ts';

/** What a statement or class member gave. */
interface Unit {
  /** Relative to its `pos`: it owns its leading comments. */
  readonly findings: readonly RawFinding[];
  /** Its facts, if it has any. */
  readonly entry: Entry | undefined;
}

/** Where a walk puts what it finds: findings relative to `base`, entries for the function around. */
export interface Sink {
  readonly base: number;
  readonly findings: RawFinding[];
  readonly entries: Entry[];
}

/** A node whose children are being walked. */
export interface Frame {
  readonly node: ts.Node;
  /** Where its own findings and facts go. */
  readonly own: Sink;
  /** For a function: where those of its inside go. */
  readonly inner: Sink | undefined;
}

/** A walk between two slices: the nodes it is in, outermost first, and the node it comes to next. */
export interface PausedWalk {
  readonly frames: readonly Frame[];
  readonly next: ts.Node;
  readonly sink: Sink;
  readonly visited: number;
  readonly reused: number;
}

/**
 * Results of one document, valid for one environment: rules, options, header. All of it hangs on nodes of the tree, so
 * what an edit replaces is forgotten by itself; a new environment drops everything.
 */
export class UnitCache {
  environment = '';
  /** A rule failed: statements cached since lack what it would have said. */
  incomplete = false;
  units = new WeakMap<ts.Node, Unit>();
  stretches: FoldedStretches = foldedStretches();
  judgements = new Judgements();
  /** Walks whose slice was over, by tree (cache: paused walks). */
  paused = new WeakMap<ts.SourceFile, PausedWalk>();

  /** Forgets everything unless the environment is the one the results were made in. */
  enter(environment: string): void {
    if (environment === this.environment) return;
    this.clear();
    this.environment = environment;
  }

  clear(): void {
    this.environment = '';
    this.incomplete = false;
    this.units = new WeakMap();
    this.stretches = foldedStretches();
    this.judgements = new Judgements();
    this.paused = new WeakMap();
  }
}

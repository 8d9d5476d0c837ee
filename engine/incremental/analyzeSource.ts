import type { FunctionNode } from '../api/kinds.ts';
import type { ProviderRole } from '../api/rule.ts';
import { type Entry, type FoldedScope, foldScope } from '../flow/factScope.ts';
import { ts } from '../ts.ts';
import { isBoundary, isFunctionNode } from './boundary.ts';
import { commentsHolding } from './comments.ts';
import { FactJudge } from './factJudge.ts';
import type { KeyedHeader } from './header.ts';
import { appendMoved, type RawFinding } from './rawFinding.ts';
import { RuleContexts, type Surroundings } from './ruleContexts.ts';
import type { Handler, RuleSet } from './ruleSet.ts';
import type { Frame, PausedWalk, Sink, UnitCache } from './unitCache.ts';

/** Thrown to unwind a walk whose time slice is over; the next one goes on where it stopped. */
class SliceOver extends Error {}
/** Made once: an error notes the stack it is made on, which is deep here. */
const sliceOver = new SliceOver();

/** Code nested deeper than the stack allows. */
export class TooDeep extends Error {}

const NO_ENTRIES: readonly Entry[] = [];
/** Looking at the clock costs more than looking at a node. */
const NODES_PER_LOOK = 64;
/** Above this depth a stack overflow is blamed on the document, below it on the rule that was running. */
const DEEP = 400;

export interface SourceRun {
  readonly path: string;
  readonly file: ts.SourceFile;
  readonly header: KeyedHeader;
  readonly rules: RuleSet;
  readonly cache: UnitCache;
  providers(role: ProviderRole): ReadonlySet<string>;
  /** Told once per rule that throws; its findings are dropped for this version. */
  onFailure(rule: string, error: unknown): void;
}

export interface SourceResult {
  /** Absolute offsets. */
  readonly findings: readonly RawFinding[];
  readonly root: FoldedScope;
  readonly visited: number;
  readonly reused: number;
}

/**
 * Analyses a tree for `slice` milliseconds. `undefined` when time ran out: call again with the same tree, the walk goes
 * on where it stopped. `failed` holds the rules, by index, that threw in any slice so far. Throws {@link TooDeep}.
 */
export function attemptSource(run: SourceRun, slice: number, failed: Set<number>): SourceResult | undefined {
  const walk = new Walk(run, slice, failed);
  try {
    return walk.file();
  } catch (error) {
    if (error instanceof SliceOver) return undefined;
    if (error instanceof RangeError) throw new TooDeep(error.message);
    throw error;
  }
}

class Walk {
  private readonly run: SourceRun;
  private readonly slice: number;
  private deadline: number;
  private readonly failed: Set<number>;
  private readonly contexts: RuleContexts;
  private visited = 0;
  private reused = 0;
  /** The nodes being walked; as many as the walk is deep. */
  private readonly frames: Frame[] = [];
  private readonly root: Sink;
  /** Set until the walk is back where it stopped. */
  private resumed: PausedWalk | undefined;
  /** Nodes until the next look at the clock. */
  private unlooked = NODES_PER_LOOK;
  /** Nothing new was looked at in this slice: it must not end yet. */
  private idle = true;

  constructor(run: SourceRun, slice: number, failed: Set<number>) {
    this.run = run;
    this.slice = slice;
    this.deadline = performance.now() + slice;
    this.failed = failed;
    const { file, cache } = run;
    const paused = cache.paused.get(file);
    // What it holds changes from here on: should this slice fail, nobody can go on from there.
    cache.paused.delete(file);
    this.resumed = paused;
    this.root = paused?.sink ?? { base: 0, findings: [], entries: [] };
    this.contexts = new RuleContexts(run, this.root);
    this.visited = paused?.visited ?? 0;
    this.reused = paused?.reused ?? 0;
  }

  file(): SourceResult {
    const { file, rules, cache } = this.run;
    const sink = this.root;
    for (const statement of file.statements) this.visit(statement, sink);
    const root = foldScope(file, sink.entries, cache.fragments, cache.folds);
    if (rules.factChecks.some(({ slot }) => root.slots.has(slot))) {
      const judge = new FactJudge(this.run, this.contexts, (rule, error) => this.fail(rule, error));
      judge.judge(sink.entries, sink.findings);
    }
    for (const check of rules.fileChecks) {
      if (!root.slots.has(check.slot) || this.failed.has(check.rule)) continue;
      this.contexts.sink = sink;
      try {
        check.check(this.contexts.file(check.rule, root, check.slot));
      } catch (error) {
        this.fail(check.rule, error);
      }
    }
    this.comments(sink);
    if (this.failed.size === 0) {
      return { findings: sink.findings, root, visited: this.visited, reused: this.reused };
    }
    // Start afresh next time.
    cache.clear();
    const lost = new Set([...this.failed].map((index) => rules.rules[index]?.rule.id));
    const findings = sink.findings.filter((finding) => !lost.has(finding.rule));
    return { findings, root, visited: this.visited, reused: this.reused };
  }

  /** A search of the text for each word; comments are found anew after each key, because few hold such a word. */
  private comments(sink: Sink): void {
    const { file, rules } = this.run;
    for (const { rule, holding, check } of rules.commentChecks) {
      if (this.failed.has(rule)) continue;
      this.contexts.sink = sink;
      try {
        for (const comment of commentsHolding(file, holding)) check(comment, this.contexts.of(rule));
      } catch (error) {
        this.fail(rule, error);
      }
    }
  }

  private visit(node: ts.Node, outer: Sink): void {
    if (this.resumed !== undefined) {
      const open = this.resumed.frames[this.frames.length];
      if (open !== undefined) {
        if (node === open.node) this.walkInside(open, outer);
        return;
      }
      if (node !== this.resumed.next) return;
      this.resumed = undefined;
      // Coming here took time as well, in a long list even more than a slice.
      this.deadline = performance.now() + this.slice;
    }
    const boundary = isBoundary(node);
    const { cache } = this.run;
    if (boundary) {
      const unit = cache.units.get(node);
      if (unit !== undefined) {
        this.reused++;
        appendMoved(unit.findings, node.pos - outer.base, outer.findings);
        if ((cache.fragments.get(node) ?? NO_ENTRIES).length > 0) outer.entries.push({ kind: 'statement', node });
        return;
      }
    }
    if (boundary || --this.unlooked === 0) this.lookAtClock(node);
    this.visited++;
    this.idle = false;
    const own: Sink = boundary ? { base: node.pos, findings: [], entries: [] } : outer;
    const handlers = this.run.rules.table[node.kind];
    if (handlers !== undefined) this.dispatch(handlers, node, own);
    // Names, literals and keywords, every other node of a tree, have nothing inside.
    if (node.kind < ts.SyntaxKind.FirstNode) return;
    const inner = isFunctionNode(node) ? { base: own.base, findings: own.findings, entries: [] } : undefined;
    this.walkInside({ node, own, inner }, outer);
  }

  private lookAtClock(next: ts.Node): void {
    this.unlooked = NODES_PER_LOOK;
    if (this.idle || performance.now() <= this.deadline) return;
    const { file, cache } = this.run;
    const { frames, root: sink, visited, reused } = this;
    cache.paused.set(file, { frames: [...frames], next, sink, visited, reused });
    throw sliceOver;
  }

  /** Walks the children of a node that was looked at, in this slice or an earlier one, and sums up. */
  private walkInside(frame: Frame, outer: Sink): void {
    const { node, own, inner } = frame;
    const { cache } = this.run;
    this.frames.push(frame);
    ts.forEachChild(node, (child) => this.visit(child, inner ?? own));
    this.frames.pop();
    if (inner !== undefined && isFunctionNode(node)) this.leaveFunction(node, own, inner);
    if (!isBoundary(node)) return;
    cache.units.set(node, { findings: own.findings });
    if (own.entries.length > 0) {
      cache.fragments.set(node, own.entries);
      outer.entries.push({ kind: 'statement', node });
    }
    appendMoved(own.findings, node.pos - outer.base, outer.findings);
  }

  private leaveFunction(fn: FunctionNode, own: Sink, inner: Sink): void {
    const { cache, rules } = this.run;
    if (inner.entries.length === 0) return;
    const folded = foldScope(fn, inner.entries, cache.fragments, cache.folds);
    cache.folds.set(fn, folded);
    own.entries.push({ kind: 'function', fn });
    let around: Surroundings | undefined;
    for (const check of rules.functionChecks) {
      if (!folded.bySlot.has(check.slot) || this.failed.has(check.rule)) continue;
      this.contexts.sink = own;
      try {
        around ??= this.contexts.surroundings(fn);
        check.check(fn, this.contexts.scoped(check.rule, folded, check.slot, around));
      } catch (error) {
        this.fail(check.rule, error);
      }
    }
  }

  private dispatch(handlers: readonly Handler[], node: ts.Node, own: Sink): void {
    for (const handler of handlers) {
      if (this.failed.size > 0 && this.failed.has(handler.rule)) continue;
      this.contexts.sink = own;
      try {
        const context = handler.rule < 0 ? this.contexts.collector : this.contexts.of(handler.rule);
        const fact = handler.run(node, context);
        if (handler.slot < 0 || fact === undefined) continue;
        if (Array.isArray(fact))
          for (const one of fact) own.entries.push({ kind: 'fact', slot: handler.slot, fact: one });
        else own.entries.push({ kind: 'fact', slot: handler.slot, fact });
      } catch (error) {
        this.fail(handler.rule, error);
      }
    }
  }

  private fail(rule: number, error: unknown): void {
    if (error instanceof SliceOver || (error instanceof RangeError && this.frames.length > DEEP)) throw error;
    this.failed.add(rule);
    this.run.cache.incomplete = true;
    this.run.onFailure(this.run.rules.rules[rule]?.rule.id ?? 'facet', error);
  }
}

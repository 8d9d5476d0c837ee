import type { FunctionNode } from '../api/kinds.ts';
import type { ProviderRole } from '../api/rule.ts';
import { type FoldedScope, foldScope, hasOwn } from '../flow/factScope.ts';
import { ts } from '../ts.ts';
import { isFunctionNode, isUnit } from './boundary.ts';
import { commentsHolding } from './comments.ts';
import { FactJudge } from './factJudge.ts';
import type { KeyedHeader } from './header.ts';
import { appendMoved, type RawFinding } from './rawFinding.ts';
import { RuleContexts, type Surroundings } from './ruleContexts.ts';
import type { Handler, RuleSet } from './ruleSet.ts';
import type { Frame, PausedWalk, Sink, UnitCache } from './unitCache.ts';

/** Code nested deeper than the stack allows. */
export class TooDeep extends Error {}

const FIRST_NODE = ts.SyntaxKind.FirstNode;
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
  /** Where a word stands in the text. */
  placesOf(word: string): readonly number[];
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
  /** How many nodes are being walked. */
  private depth = 0;
  private readonly root: Sink;
  /** Where the node being walked puts what is found in its children. */
  private sink: Sink;
  /** Set when the time is over: the node that comes next, and the nodes being walked, filled on the way out. */
  private next: ts.Node | undefined;
  private readonly open: Frame[] = [];
  /** Made once: a walk calls it for every node. */
  private readonly step = (child: ts.Node): boolean => this.visit(child, this.sink);
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
    this.sink = this.root;
    this.contexts = new RuleContexts(run, this.root);
    this.visited = paused?.visited ?? 0;
    this.reused = paused?.reused ?? 0;
  }

  /** `undefined` when time ran out. */
  file(): SourceResult | undefined {
    const { file, rules, cache } = this.run;
    const sink = this.root;
    if (file.statements.some((statement) => this.visit(statement, sink))) {
      if (this.next === undefined) throw new Error('A walk ended early for no reason');
      const { open, next, visited, reused } = this;
      cache.paused.set(file, { frames: open.reverse(), next, sink, visited, reused });
      return undefined;
    }
    const root = foldScope(file, sink.entries, cache.stretches);
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

  /** Comments are found anew after each key, because few hold such a word. */
  private comments(sink: Sink): void {
    const { file, rules, placesOf } = this.run;
    for (const { rule, holding, check } of rules.commentChecks) {
      if (this.failed.has(rule)) continue;
      this.contexts.sink = sink;
      try {
        for (const comment of commentsHolding(file, holding, placesOf)) check(comment, this.contexts.of(rule));
      } catch (error) {
        this.fail(rule, error);
      }
    }
  }

  /** True when time ran out before all of the node was seen. */
  private visit(node: ts.Node, outer: Sink): boolean {
    if (this.resumed !== undefined) {
      const open = this.resumed.frames[this.depth];
      if (open !== undefined) return node === open.node && this.walkInside(node, open.own, open.inner, outer);
      if (node !== this.resumed.next) return false;
      this.resumed = undefined;
      // Coming here took time as well, in a long list even more than a slice.
      this.deadline = performance.now() + this.slice;
    }
    const boundary = isUnit(node);
    const { cache } = this.run;
    if (boundary) {
      const unit = cache.units.get(node);
      if (unit !== undefined) {
        this.reused++;
        appendMoved(unit.findings, node.pos - outer.base, outer.findings);
        if (unit.entry !== undefined) outer.entries.push(unit.entry);
        return false;
      }
    }
    if ((boundary || --this.unlooked === 0) && this.isOver()) {
      this.next = node;
      return true;
    }
    this.visited++;
    this.idle = false;
    const own: Sink = boundary ? { base: node.pos, findings: [], entries: [] } : outer;
    const handlers = this.run.rules.table.handlers(node, this.run.header.imports);
    if (handlers !== undefined) this.dispatch(handlers, node, own);
    // Names, literals and keywords, every other node of a tree, have nothing inside.
    if (node.kind < FIRST_NODE) return false;
    const inner = isFunctionNode(node) ? { base: own.base, findings: own.findings, entries: [] } : undefined;
    return this.walkInside(node, own, inner, outer);
  }

  private isOver(): boolean {
    this.unlooked = NODES_PER_LOOK;
    return this.deadline !== Number.POSITIVE_INFINITY && !this.idle && performance.now() > this.deadline;
  }

  /**
   * Walks the children of a node that was looked at, in this slice or an earlier one, and sums up. True when time ran out.
   */
  private walkInside(node: ts.Node, own: Sink, inner: Sink | undefined, outer: Sink): boolean {
    const { cache } = this.run;
    const around = this.sink;
    this.sink = inner ?? own;
    this.depth++;
    const isCut = ts.forEachChild(node, this.step) === true;
    this.depth--;
    this.sink = around;
    if (isCut) {
      this.open.push({ node, own, inner });
      return true;
    }
    if (inner !== undefined && isFunctionNode(node)) this.leaveFunction(node, own, inner);
    if (!isUnit(node)) return false;
    const { findings, entries } = own;
    const entry = entries.length > 0 ? ({ kind: 'statement', node, entries } as const) : undefined;
    cache.units.set(node, { findings, entry });
    if (entry !== undefined) outer.entries.push(entry);
    appendMoved(findings, node.pos - outer.base, outer.findings);
    return false;
  }

  private leaveFunction(fn: FunctionNode, own: Sink, inner: Sink): void {
    const { cache, rules } = this.run;
    if (inner.entries.length === 0) return;
    const folded = foldScope(fn, inner.entries, cache.stretches);
    own.entries.push({ kind: 'function', scope: folded });
    let around: Surroundings | undefined;
    for (const check of rules.functionChecks) {
      if (!hasOwn(folded, check.slot) || this.failed.has(check.rule)) continue;
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
    this.contexts.sink = own;
    for (const handler of handlers) {
      if (this.failed.size > 0 && this.failed.has(handler.rule)) continue;
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
    if (error instanceof RangeError && this.depth > DEEP) throw error;
    this.failed.add(rule);
    this.run.cache.incomplete = true;
    this.run.onFailure(this.run.rules.rules[rule]?.rule.id ?? 'facet', error);
  }
}

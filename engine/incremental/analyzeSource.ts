import type { Span } from '../api/finding.ts';
import type { FunctionNode } from '../api/kinds.ts';
import type { FileContext, NodeContext, ProviderRole, Report, ScopedContext } from '../api/rule.ts';
import { type Entry, type FoldedScope, type Folds, type Fragments, foldScope, viewScope } from '../flow/factScope.ts';
import { findDeclaration, scopedResolve } from '../flow/lookup.ts';
import { ts } from '../ts.ts';
import { isBoundary, isFunctionNode } from './boundary.ts';
import type { KeyedHeader } from './header.ts';
import { appendMoved, type RawFinding } from './rawFinding.ts';
import type { Handler, RuleSet } from './ruleSet.ts';

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

/** What a statement or class member gave: findings relative to its `pos` (it owns its leading comments). */
interface Unit {
  readonly findings: readonly RawFinding[];
}

/** A node whose children are being walked. */
interface Frame {
  readonly node: ts.Node;
  /** Where its own findings and facts go. */
  readonly own: Sink;
  /** For a function: where those of its inside go. */
  readonly inner: Sink | undefined;
}

/** A walk between two slices: the nodes it is in, outermost first, and the node it comes to next. */
interface PausedWalk {
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
  fragments: Fragments = new WeakMap();
  folds: Folds = new WeakMap();
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
    this.fragments = new WeakMap();
    this.folds = new WeakMap();
    this.paused = new WeakMap();
  }
}

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

/** Exact name lookup inside one function or file, shared by the rules that check it. */
type Surroundings = Pick<ScopedContext<string, unknown, unknown>, 'header' | 'lookup'>;

/** Where a walk puts what it finds: findings relative to `base`, entries for the function around. */
interface Sink {
  readonly base: number;
  readonly findings: RawFinding[];
  readonly entries: Entry[];
}

class Walk {
  private readonly run: SourceRun;
  private readonly slice: number;
  private deadline: number;
  private readonly contexts: NodeContext<string, unknown>[] = [];
  private readonly failed: Set<number>;
  private readonly collectorContext: { readonly path: string; readonly header: KeyedHeader };
  private sink: Sink = { base: 0, findings: [], entries: [] };
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
    this.collectorContext = { path: run.path, header: run.header };
    const { file, cache } = run;
    const paused = cache.paused.get(file);
    // What it holds changes from here on: should this slice fail, nobody can go on from there.
    cache.paused.delete(file);
    this.resumed = paused;
    this.root = paused?.sink ?? { base: 0, findings: [], entries: [] };
    this.visited = paused?.visited ?? 0;
    this.reused = paused?.reused ?? 0;
  }

  file(): SourceResult {
    const { file, rules, cache } = this.run;
    const sink = this.root;
    for (const statement of file.statements) this.visit(statement, sink);
    const root = foldScope(file, sink.entries, cache.fragments, cache.folds);
    for (const check of rules.fileChecks) {
      if (!root.slots.has(check.slot) || this.failed.has(check.rule)) continue;
      this.sink = sink;
      try {
        check.check(this.fileContext(check.rule, root, check.slot));
      } catch (error) {
        this.fail(check.rule, error);
      }
    }
    if (this.failed.size === 0) {
      return { findings: sink.findings, root, visited: this.visited, reused: this.reused };
    }
    // Start afresh next time.
    cache.clear();
    const lost = new Set([...this.failed].map((index) => rules.rules[index]?.rule.id));
    const findings = sink.findings.filter((finding) => !lost.has(finding.rule));
    return { findings, root, visited: this.visited, reused: this.reused };
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
      this.sink = own;
      try {
        around ??= this.surroundings(fn);
        check.check(fn, this.scopedContext(check.rule, folded, check.slot, around));
      } catch (error) {
        this.fail(check.rule, error);
      }
    }
  }

  private dispatch(handlers: readonly Handler[], node: ts.Node, own: Sink): void {
    for (const handler of handlers) {
      if (this.failed.has(handler.rule)) continue;
      this.sink = own;
      try {
        const context = handler.rule < 0 ? this.collectorContext : this.context(handler.rule);
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

  private context(rule: number): NodeContext<string, unknown> {
    const known = this.contexts[rule];
    if (known !== undefined) return known;
    const { path, header, providers, rules } = this.run;
    const made = { path, header, options: rules.rules[rule]?.options, providers, report: this.reporter(rule) };
    this.contexts[rule] = made;
    return made;
  }

  private scopedContext(
    rule: number,
    folded: FoldedScope,
    slot: number,
    { header, lookup }: Surroundings,
  ): ScopedContext<string, unknown, unknown> {
    const { path, options, providers, report } = this.context(rule);
    return { path, options, providers, report, header, scope: viewScope(folded, slot), lookup };
  }

  private surroundings(limit: ts.SourceFile | FunctionNode): Surroundings {
    return {
      header: { ...this.run.header, resolve: scopedResolve(limit, this.run.header) },
      lookup: (identifier) => findDeclaration(identifier, limit),
    };
  }

  private fileContext(rule: number, root: FoldedScope, slot: number): FileContext<string, unknown, unknown> {
    return { ...this.scopedContext(rule, root, slot, this.surroundings(this.run.file)), file: this.run.file };
  }

  private reporter(rule: number): Report<string> {
    const { file, rules } = this.run;
    const id = rules.rules[rule]?.rule.id ?? '';
    return (at, messageId, data = {}, extra = {}) => {
      const { base, findings } = this.sink;
      const place = spanOf(at, file, base);
      const related = (extra.related ?? []).map(({ at: other, label }) => ({ span: spanOf(other, file, base), label }));
      findings.push({ rule: id, messageId, ...place, data, related });
    };
  }
}

/** Span of a node without its leading comments, or a span as it is, relative to `base`. */
function spanOf(at: ts.Node | Span, file: ts.SourceFile, base: number): Span {
  const start = 'kind' in at ? at.getStart(file) : at.start;
  return { start: start - base, end: at.end - base };
}

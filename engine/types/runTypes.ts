import type { Span } from '../api/finding.ts';
import type { FileHeader } from '../api/header.ts';
import type { KindName, PlainListeners } from '../api/kinds.ts';
import type { ProviderRole, RegisteredRule, Report, TypeContext, TypeQuery } from '../api/rule.ts';
import { isBoundary } from '../incremental/boundary.ts';
import { appendMoved, type RawFinding } from '../incremental/rawFinding.ts';
import { ts } from '../ts.ts';
import { fingerprint } from './fingerprint.ts';
import { type BlockFunction, isBlockFunction, surfaceOf } from './surface.ts';
import type { BodyEnvironment, TypeEnvironment } from './typeEnvironment.ts';

/** The rules to run on a file, with all that their answers depend on besides the code. */
export interface TypeRun {
  /** Rules with a `types` check that apply to the file. */
  readonly rules: readonly RegisteredRule[];
  optionsOf(rule: RegisteredRule): unknown;
  readonly header: FileHeader;
  providers(role: ProviderRole): ReadonlySet<string>;
  /** Hash of header, configuration and rule set: part of the key of every result. */
  readonly env: string;
  /** Nobody is typing: also analyse documents that are too large to analyse then. */
  readonly explicit?: boolean;
}

/** What one unit gave, relative to its `pos`. */
interface UnitResult {
  readonly env: string;
  readonly findings: readonly RawFinding[];
}

/**
 * Results of type checks. A unit is a top-level statement or a function's body, each without the bodies of the functions
 * inside it; its result hangs on its node and is good for one environment.
 */
export interface TypeCache {
  readonly units: WeakMap<ts.Node, UnitResult>;
  /** Finished parts of units too long for one time slice. Keyed by statement, valid within one unit. */
  readonly parts: WeakMap<ts.Node, UnitResult & { readonly unit: ts.Node }>;
}

export function createTypeCache(): TypeCache {
  return { units: new WeakMap(), parts: new WeakMap() };
}

/** A unit that found something, for telling later whether it is still alive. */
export interface UnitFindings {
  readonly unit: ts.Node;
  readonly findings: readonly RawFinding[];
}

export interface TypeAttempt {
  readonly path: string;
  readonly file: ts.SourceFile;
  readonly run: TypeRun;
  readonly environment: TypeEnvironment;
  readonly types: TypeQuery;
  readonly cache: TypeCache;
  /** Rules that threw on this version of the document. */
  readonly failed: Set<string>;
  onFailure(rule: string, error: unknown): void;
}

export interface TypeResult {
  readonly units: readonly UnitFindings[];
  readonly visited: number;
  readonly reused: number;
}

/** Unwinds a walk whose time slice is over. What was finished is in the cache, so that the next attempt goes further. */
class SliceOver extends Error {}
/** Made once: an error notes the stack it is made on, which costs more than a slice of a deep walk can spare. */
const sliceOver = new SliceOver();

/** Milliseconds, half a slice as servers ask for it. */
const LONG_PASSING = 4;

/** Below this depth a stack overflow is the rule's fault, above it the document's. */
const DEEP = 400;

/**
 * Runs rules on the units that have no result for their environment, until `deadline` (of `performance.now`).
 * `undefined` when time ran out: call again after a pause, if nothing changed. Throws a RangeError for code nested
 * deeper than the stack.
 */
export function attemptTypes(attempt: TypeAttempt, deadline: number): TypeResult | undefined {
  const runner = new Runner(attempt, deadline);
  try {
    return runner.file();
  } catch (error) {
    if (error instanceof SliceOver) return undefined;
    throw error;
  }
}

interface Handler {
  readonly rule: number;
  run(node: ts.Node, context: TypeContext<string, unknown>): void;
}

class Runner {
  private readonly attempt: TypeAttempt;
  private deadline: number;
  private readonly started = performance.now();
  private arrived = false;
  private readonly table: readonly (readonly Handler[] | undefined)[];
  private readonly contexts: TypeContext<string, unknown>[] = [];
  private readonly units: UnitFindings[] = [];
  private visited = 0;
  private reused = 0;
  private depth = 0;
  private progressed = false;
  /** The unit being walked, its environment, and where its findings go. */
  private unit: ts.Node;
  private env = '';
  /** Short for `run.env`, which holds every name of the file. */
  private readonly runKey: string;
  private findings: RawFinding[] = [];
  private finished: { readonly node: ts.Node; readonly findings: readonly RawFinding[] }[] = [];

  constructor(attempt: TypeAttempt, deadline: number) {
    this.attempt = attempt;
    this.deadline = deadline;
    this.table = compile(attempt.run.rules);
    this.unit = attempt.file;
    this.runKey = fingerprint(attempt.run.env);
  }

  file(): TypeResult {
    const { file, environment } = this.attempt;
    const top = environment.ofTopLevel(file);
    for (const statement of file.statements) this.visitUnit(statement, top.full, () => this.walk(statement));
    this.visitFunctions(surfaceOf(file, file).functions, top);
    const lost = this.attempt.failed;
    const kept = this.units.map(({ unit, findings }) => ({
      unit,
      findings: findings.filter((finding) => !lost.has(finding.rule)),
    }));
    return { units: kept.filter(({ findings }) => findings.length > 0), visited: this.visited, reused: this.reused };
  }

  private visitFunctions(functions: readonly BlockFunction[], outer: BodyEnvironment): void {
    const { file, environment } = this.attempt;
    for (const fn of functions) {
      this.visitUnit(fn.body, outer.full, () => this.walk(fn.body));
      const inner = surfaceOf(fn.body, file).functions;
      if (inner.length > 0) this.visitFunctions(inner, environment.ofBody(fn, file, outer));
    }
  }

  private visitUnit(unit: ts.Node, surroundings: string, walk: () => void): void {
    const { cache, failed } = this.attempt;
    const env = fingerprint(surroundings, this.runKey, ...failed);
    const known = cache.units.get(unit);
    if (known !== undefined && known.env === env) {
      this.reused++;
      if (known.findings.length > 0) this.units.push({ unit, findings: known.findings });
      return;
    }
    this.arrive();
    this.checkTime();
    this.unit = unit;
    this.env = env;
    this.findings = [];
    this.finished = [];
    try {
      walk();
    } catch (error) {
      if (error instanceof SliceOver) {
        for (const { node, findings } of this.finished) cache.parts.set(node, { unit, env, findings });
      }
      throw error;
    }
    this.progressed = true;
    // A rule that failed on the way has changed the environment: the result is then good for this run alone.
    const settled = fingerprint(surroundings, this.runKey, ...failed);
    if (settled === env) cache.units.set(unit, { env, findings: this.findings });
    if (this.findings.length > 0) this.units.push({ unit, findings: this.findings });
  }

  /**
   * At the first unit without a result: passing those that have one may have taken longer than a slice, and new work gets
   * at least as long. Otherwise a file of very many units would mostly be passed by, slice after slice.
   */
  private arrive(): void {
    if (this.arrived) return;
    this.arrived = true;
    const now = performance.now();
    const passing = now - this.started;
    if (passing > LONG_PASSING) this.deadline = Math.max(this.deadline, now + passing);
  }

  /** Stops when the slice is over, but never before something new was finished. */
  private checkTime(): void {
    if (this.progressed && performance.now() > this.deadline) throw sliceOver;
  }

  private walk(node: ts.Node): void {
    if (!isBoundary(node) || node === this.unit) {
      this.enter(node);
      return;
    }
    const part = this.attempt.cache.parts.get(node);
    if (part !== undefined && part.unit === this.unit && part.env === this.env) {
      appendMoved(part.findings, node.pos - this.unit.pos, this.findings);
      return;
    }
    this.checkTime();
    const outside = this.findings;
    this.findings = [];
    this.enter(node);
    const inside = this.findings;
    this.findings = outside;
    this.findings.push(...inside);
    const relative: RawFinding[] = [];
    appendMoved(inside, this.unit.pos - node.pos, relative);
    this.finished.push({ node, findings: relative });
    this.progressed = true;
  }

  private enter(node: ts.Node): void {
    this.visited++;
    this.depth++;
    const handlers = this.table[node.kind];
    if (handlers !== undefined) for (const handler of handlers) this.dispatch(handler, node);
    const body = isBlockFunction(node) ? node.body : undefined;
    ts.forEachChild(node, (child) => {
      if (child !== body) this.walk(child);
    });
    this.depth--;
  }

  private dispatch(handler: Handler, node: ts.Node): void {
    const { failed, onFailure, run } = this.attempt;
    const id = run.rules[handler.rule]?.id ?? '';
    if (failed.has(id)) return;
    try {
      handler.run(node, this.context(handler.rule));
    } catch (error) {
      if (error instanceof RangeError && this.depth > DEEP) throw error;
      failed.add(id);
      onFailure(id, error);
    }
  }

  private context(index: number): TypeContext<string, unknown> {
    const known = this.contexts[index];
    if (known !== undefined) return known;
    const { path, run, types } = this.attempt;
    const rule = run.rules[index];
    const made: TypeContext<string, unknown> = {
      path,
      header: run.header,
      options: rule === undefined ? undefined : run.optionsOf(rule),
      providers: run.providers,
      report: this.reporter(rule?.id ?? ''),
      types,
    };
    this.contexts[index] = made;
    return made;
  }

  private reporter(rule: string): Report<string> {
    return (at, messageId, data = {}, extra = {}) => {
      const related = (extra.related ?? []).map(({ at: other, label }) => ({ span: this.relativeSpan(other), label }));
      this.findings.push({ rule, messageId, ...this.relativeSpan(at), data, related });
    };
  }

  private relativeSpan(at: ts.Node | Span): Span {
    const start = 'kind' in at ? at.getStart(this.attempt.file) : at.start;
    return { start: start - this.unit.pos, end: at.end - this.unit.pos };
  }
}

const tables = new WeakMap<readonly RegisteredRule[], readonly (readonly Handler[] | undefined)[]>();

/** Listeners by syntax kind; compiled once per list of rules. */
function compile(rules: readonly RegisteredRule[]): readonly (readonly Handler[] | undefined)[] {
  const known = tables.get(rules);
  if (known !== undefined) return known;
  const table: Handler[][] = [];
  rules.forEach((rule, index) => {
    const listeners: PlainListeners<never, void> = rule.types?.on ?? {};
    for (const [kind, run] of Object.entries(listeners)) {
      const handler = { rule: index, run: run as Handler['run'] };
      const handlers = table[ts.SyntaxKind[kind as KindName]];
      if (handlers === undefined) table[ts.SyntaxKind[kind as KindName]] = [handler];
      else handlers.push(handler);
    }
  });
  tables.set(rules, table);
  return table;
}

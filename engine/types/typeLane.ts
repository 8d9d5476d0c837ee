import type { TypeQuery } from '../api/rule.ts';
import type { RawFinding } from '../incremental/rawFinding.ts';
import type { ts } from '../ts.ts';
import type { Host } from '../workspace/host.ts';
import type { LaneStats, RuleFailure, Scheduler } from '../workspace/workspace.ts';
import type { OpenTree } from './documentRegistry.ts';
import { createFileView } from './fileView.ts';
import { type KeptFindings, keepFindings, keptUnder, placedFindings } from './keptFindings.ts';
import { createTypeProjects, type TypeProject } from './projects.ts';
import { attemptTypes, createTypeCache, type TypeResult, type TypeRun, type UnitFindings } from './runTypes.ts';
import { createTypeQuery } from './typeQuery.ts';

export type { OpenTree } from './documentRegistry.ts';
export type { TypeRun } from './runTypes.ts';

export interface TypeLaneOptions {
  /** Absolute folder with forward slashes and no trailing one. */
  readonly root: string;
  readonly host: Host;
  /**
   * The engine's own current tree of an open source document, shared with the checker by identity; `undefined` for all
   * others. Every edit gives a new tree. After {@link TypeLane.reset} trees should be made anew as well: one that was
   * bound under other options cannot be shared and is replaced by a private copy until the next edit.
   */
  tree(path: string): OpenTree | undefined;
  /** The version of an open document, without making its tree; `undefined` when it is not open. */
  openVersion(path: string): number | undefined;
  /** The text of a document as it is now, open or on disk. */
  text(path: string): string | undefined;
  /** All source files the workspace knows. */
  paths(): readonly string[];
  /** Those for which `tree` may have an answer. Asked for often. */
  openPaths(): readonly string[];
  /** Told once per rule that throws on a version of a document; the other rules go on. */
  onFailure(failure: RuleFailure): void;
  /** Characters above which an open document is analysed only when the run is explicit. */
  readonly maxLength?: number;
  /** Programs kept at the same time. */
  readonly maxPrograms?: number;
}

export interface TypeOutcome {
  readonly findings: readonly RawFinding[];
  readonly stats: LaneStats;
  /** False when the findings are not about this version: it is too large to check now, or the checker gave up on it. */
  readonly complete: boolean;
}

/** Findings that need the type checker, one document at a time. */
export interface TypeLane {
  /** Brings a document's findings up to date. Findings have absolute offsets and are sorted by them. */
  analyze(path: string, run: TypeRun, scheduler: Scheduler): Promise<TypeOutcome | 'superseded'>;
  /** Findings of the last run whose code is still alive in the current tree, at its current place. No type work. */
  current(path: string): readonly RawFinding[];
  /**
   * Runs `swap`, which gives a document to an editor or takes it back, and so another tree. Findings of the last run stay
   * current while the text is the same. True when it is, and the document was analysed before.
   */
  exchange(path: string, swap: () => void): boolean;
  /**
   * The checker for a tree, for fixes. At hand for the current tree of an open document; any other, such as one of a
   * closed document or of a text that fixes are about to make, costs a checker of its own. `undefined` when no program
   * can take the tree in.
   */
  query(path: string, file: ts.SourceFile): TypeQuery | undefined;
  /** Files changed on disk, came or went. */
  invalidate(paths: readonly string[]): void;
  /** tsconfig, package.json or node_modules changed: everything known about files is forgotten. */
  reset(): void;
  /** Analysed documents that depend on a file whose surface changed since this was last asked. */
  staleImporters(): readonly string[];
  dispose(): void;
}

/** Above this length type work has to wait until nobody types: building the program alone takes half a second. */
const MAX_LENGTH = 1_000_000;
const MAX_PROGRAMS = 3;
const DECLARATION = /\.d\.[cm]?ts$/;
/** Files that decide how everything else is compiled. */
const DECISIVE = /\/(?:[tj]sconfig[^/]*|package)\.json$|\/node_modules\//;

/** What the last run of a document left behind. */
interface Outcome {
  /** In the engine's own tree. Weak: a replaced node must not keep its whole tree alive. */
  readonly units: readonly { readonly unit: WeakRef<ts.Node>; readonly findings: readonly RawFinding[] }[];
  /** When the tree that was analysed is not the engine's own, or not any more. */
  readonly kept: KeptFindings | undefined;
  readonly surface: string;
  readonly closure: ReadonlySet<string>;
}

export function createTypeLane(options: TypeLaneOptions): TypeLane {
  const { maxLength = MAX_LENGTH, maxPrograms = MAX_PROGRAMS, tree, onFailure } = options;
  const view = createFileView(options.host, options.root);
  const projects = createTypeProjects({ ...options, view, limit: maxPrograms });
  const cache = createTypeCache();
  const outcomes = new Map<string, Outcome>();
  const failures = new Map<string, { readonly version: string; readonly rules: Set<string> }>();
  const stale = new Set<string>();
  /** Files whose names are visible without an import, in any program so far. */
  const globals = new Set<string>();
  /** Programs made for a tree that is no document's current one, with the program each was made from. */
  const specials = new WeakMap<
    ts.SourceFile,
    { readonly base: ts.Program; readonly program: ts.Program | undefined }
  >();
  let disposed = false;

  function versionOf(path: string): string {
    const version = options.openVersion(path);
    return version === undefined ? view.version(path) : `open ${version}`;
  }

  function failedOn(path: string, version: string): Set<string> {
    const known = failures.get(path);
    if (known !== undefined && known.version === version) return known.rules;
    const rules = new Set<string>();
    failures.set(path, { version, rules });
    return rules;
  }

  function remember(path: string, file: ts.SourceFile, project: TypeProject, result: TypeResult): void {
    const environment = project.environment();
    const surface = environment.surface(file);
    const before = outcomes.get(path);
    for (const global of environment.globalFiles) globals.add(global);
    if (before !== undefined && before.surface !== surface) markDependants(path);
    stale.delete(path);
    const isOwn = tree(path)?.file === file;
    outcomes.set(path, {
      units: isOwn ? result.units.map(({ unit, findings }) => ({ unit: new WeakRef(unit), findings })) : [],
      kept: isOwn ? undefined : keepFindings(versionOf(path), file.text, placedFindings(result.units)),
      surface,
      closure: environment.closure(file),
    });
  }

  function markDependants(path: string): void {
    const isGlobal = globals.has(path) || DECLARATION.test(path);
    for (const [other, { closure }] of outcomes) {
      if (other !== path && (isGlobal || closure.has(path))) stale.add(other);
    }
  }

  function current(path: string): readonly RawFinding[] {
    const outcome = outcomes.get(path);
    if (outcome === undefined) return [];
    const { kept, units } = outcome;
    if (kept !== undefined && kept.version === versionOf(path)) return kept.findings;
    const open = units.length === 0 ? undefined : tree(path)?.file;
    const alive: UnitFindings[] = [];
    for (const { unit, findings } of units) {
      const node = unit.deref();
      if (node !== undefined && node.getSourceFile() === open) alive.push({ unit: node, findings });
    }
    return placedFindings(alive);
  }

  /** Findings of a document that nobody has open stay when its text is still the same. */
  function reread(path: string, outcome: Outcome): void {
    if (outcome.kept === undefined || options.openVersion(path) !== undefined) return;
    outcomes.set(path, { ...outcome, kept: keptUnder(outcome.kept, versionOf(path), view.read(path)) });
  }

  function reset(): void {
    view.clear();
    projects.clear();
    for (const [path, outcome] of outcomes) {
      stale.add(path);
      reread(path, outcome);
    }
  }

  return {
    async analyze(path, run, scheduler) {
      const started = performance.now();
      const version = versionOf(path);
      const failed = failedOn(path, version);
      const stats = { visited: 0, reused: 0 };
      const finished = (complete: boolean): TypeOutcome => ({
        findings: current(path),
        stats: { ...stats, ms: performance.now() - started },
        complete,
      });
      const fail = (rule: string, error: unknown): void =>
        onFailure({ rule, path, error: error instanceof Error ? error.message : String(error) });
      const open = tree(path);
      if (open !== undefined && open.text.length > maxLength && run.explicit !== true) return finished(false);

      for (;;) {
        if (disposed) return 'superseded';
        let complete: boolean;
        try {
          complete = attempt();
        } catch (error) {
          // Code nested deeper than the compiler's stack, or a compiler bug: this document goes without types.
          fail('types', error);
          outcomes.delete(path);
          return finished(false);
        }
        if (complete) return finished(true);
        await scheduler.pause();
        if (scheduler.superseded || disposed || versionOf(path) !== version) return 'superseded';
      }

      /** One slice. Everything is looked up anew, because documents and programs may have changed during the pause. */
      function attempt(): boolean {
        const deadline = performance.now() + scheduler.budget;
        const project = projects.for(path);
        const file = project.file(path, deadline);
        if (file === 'later') return false;
        if (file === undefined) {
          outcomes.delete(path);
          return true;
        }
        const environment = project.environment();
        const types = createTypeQuery(environment.program.getTypeChecker());
        const result = attemptTypes(
          { path, file, run, environment, types, cache, failed, onFailure: fail },
          Math.max(deadline, performance.now() + scheduler.budget / 2),
        );
        if (result === undefined) return false;
        stats.visited += result.visited;
        stats.reused += result.reused;
        remember(path, file, project, result);
        return true;
      }
    },
    current,
    exchange(path, swap) {
      const findings = current(path);
      const outcome = outcomes.get(path);
      const before = outcome && options.text(path);
      swap();
      failures.delete(path);
      if (outcome === undefined || before === undefined) return false;
      const isSame = before === options.text(path);
      const kept = isSame ? keepFindings(versionOf(path), before, findings) : undefined;
      outcomes.set(path, { ...outcome, units: [], kept });
      return isSame;
    },
    query(path, file) {
      if (disposed) return undefined;
      try {
        const project = projects.for(path);
        const known = project.file(path, Number.POSITIVE_INFINITY);
        const { host } = project;
        if (known === file) return createTypeQuery(host.program().getTypeChecker());
        const base = host.program();
        let special = specials.get(file);
        if (special?.base !== base) {
          special = { base, program: known === undefined ? undefined : host.programWith(path, file) };
          specials.set(file, special);
        }
        return special.program && createTypeQuery(special.program.getTypeChecker());
      } catch {
        // Code nested deeper than the compiler's stack.
        return undefined;
      }
    },
    invalidate(paths) {
      if (paths.some((path) => DECISIVE.test(path))) {
        reset();
        return;
      }
      const moved = view.forget(paths);
      projects.invalidate(moved);
      for (const path of paths) {
        markDependants(path);
        const outcome = outcomes.get(path);
        if (outcome !== undefined) reread(path, outcome);
        if (tree(path) === undefined && !options.host.isFile(path)) outcomes.delete(path);
      }
      // A file that came may be what an unresolved import was waiting for.
      if (moved) for (const path of outcomes.keys()) stale.add(path);
    },
    reset,
    staleImporters() {
      const paths = [...stale].filter((path) => outcomes.has(path));
      stale.clear();
      return paths;
    },
    dispose() {
      disposed = true;
      projects.clear();
      outcomes.clear();
      failures.clear();
      stale.clear();
    },
  };
}

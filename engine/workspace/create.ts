import type { Facet } from '../api/facet.ts';
import type { Finding, FixEdit, Span } from '../api/finding.ts';
import type { RegisteredRule } from '../api/rule.ts';
import type { ConfigProblem, ResolvedConfig } from '../config/types.ts';
import { skipMessage, skipReason } from '../document/skip.ts';
import { TooDeep } from '../incremental/analyzeSource.ts';
import type { RawFinding } from '../incremental/rawFinding.ts';
import { packageReader } from '../project/packages.ts';
import { ProjectIndex } from '../project/projectIndex.ts';
import { importResolver } from '../project/resolveImport.ts';
import type { ts } from '../ts.ts';
import { createTypeLane, type TypeLane } from '../types/typeLane.ts';
import { documentKind } from './documentKind.ts';
import { type Fixing, fixing } from './fixing.ts';
import { type PlacedFinding, type ProjectLane, projectLane } from './projectLane.ts';
import { enabledRules, looksAt, type SyntaxLane, type SyntaxOutcome, syntaxLane } from './syntaxLane.ts';
import { TrackedDocument } from './trackedDocument.ts';
import { compareFindings, wordFinding } from './wording.ts';
import type {
  ContentChange,
  Disposable,
  FixOffer,
  Lane,
  LaneResult,
  LaneStats,
  RuleFailure,
  Scheduler,
  SkippedDocument,
  Workspace,
  WorkspaceOptions,
} from './workspace.ts';

/** Opens a folder for analysis. Nothing is read until documents are opened, listed or analysed. */
export function createWorkspace(options: WorkspaceOptions): Workspace {
  return new FolderWorkspace(options);
}

/** A document the workspace knows of, with what is remembered about it. */
interface Known {
  readonly path: string;
  /** Set while an editor owns it. */
  open: TrackedDocument | undefined;
  outcome: SyntaxOutcome | undefined;
  skipped: SkippedDocument['reason'] | undefined;
  /** True until the current text was checked for reasons to skip it. */
  skipUnchecked: boolean;
  /** The outcome is of another text, or of other settings or packages. */
  stale: boolean;
}

const NO_STATS: LaneStats = { visited: 0, reused: 0, ms: 0 };
/** Insertions up to this length cannot turn a source file into a bundle or a binary. */
const HARMLESS_INSERTION = 500;

class FolderWorkspace implements Workspace {
  readonly root: string;
  private readonly options: WorkspaceOptions;
  private readonly rules: ReadonlyMap<string, RegisteredRule>;
  private readonly documents = new Map<string, Known>();
  private readonly index = new ProjectIndex();
  private readonly packages;
  private readonly imports;
  private readonly syntax: SyntaxLane;
  private readonly project: ProjectLane;
  private readonly fixer: Fixing;
  /** Absent when no rule asks the type checker. */
  private readonly types: TypeLane | undefined;
  private readonly ruleFailures = new Map<string, RuleFailure>();
  private readonly listeners = new Set<(paths: readonly string[], lane: Lane) => void>();

  constructor(options: WorkspaceOptions) {
    const { root, rules, host, configuration } = options;
    this.root = root;
    this.options = options;
    this.rules = new Map(rules.map((rule) => [rule.id, rule]));
    this.packages = packageReader(root, host);
    this.imports = importResolver(root, host, (path) => this.documents.has(path) || host.isFile(path));
    const onFailure = (rule: string, path: string, error: unknown) => this.fail(rule, path, error);
    this.syntax = syntaxLane({
      root,
      rules,
      facets: facetsOf(rules),
      packagesFor: (path) => this.packages.viewFor(path),
      onFailure,
    });
    this.project = projectLane({
      root,
      rules,
      index: this.index,
      configuration,
      resolveImport: (from, specifier) => this.imports.resolve(from, specifier),
      onFailure,
    });
    this.types = rules.some((rule) => rule.types !== undefined)
      ? createTypeLane({
          root,
          host,
          tree: (path) => this.openTree(path),
          paths: () => this.sourcePaths(),
          onFailure: ({ rule, path, error }) => this.fail(rule, path, error),
        })
      : undefined;
    this.fixer = fixing({
      rules: this.rules,
      config: (path) => configuration.for(path),
      onFailure,
      environment: {
        index: this.index,
        header: (document) => this.syntax.header(document),
        document: (path) => this.currentDocument(path),
        types: (path) => this.types?.query(path),
      },
    });
  }

  // ── documents ──────────────────────────────────────────────────────────────────────────────────────────────────────

  open(path: string, language: string, version: number, text: string): void {
    const kind = documentKind(path, language);
    if (kind === undefined) return;
    const known = this.know(path);
    known.open = new TrackedDocument(path, kind, version, text);
    this.touched(known);
  }

  change(path: string, version: number, changes: readonly ContentChange[]): void {
    const known = this.documents.get(path);
    if (known?.open === undefined) return;
    known.open.apply(version, changes);
    known.stale = true;
    known.skipUnchecked ||= changes.some(
      (change) => change.range === undefined || change.text.length > HARMLESS_INSERTION,
    );
  }

  close(path: string): void {
    const known = this.documents.get(path);
    if (known?.open === undefined) return;
    known.open = undefined;
    if (this.options.host.isFile(path)) this.touched(known);
    else this.remove([path]);
  }

  refresh(paths: readonly string[]): void {
    for (const path of paths) {
      if (documentKind(path) === undefined) continue;
      const known = this.know(path);
      if (known.open === undefined) this.touched(known);
    }
    this.diskChanged(paths);
  }

  remove(paths: readonly string[]): void {
    for (const path of paths) {
      const known = this.documents.get(path);
      if (known === undefined || known.open !== undefined) continue;
      this.documents.delete(path);
      this.index.delete(path);
    }
    this.diskChanged(paths);
  }

  reconfigure(): void {
    this.options.configuration.invalidate();
    this.packages.clear();
    this.imports.clear();
    this.types?.reset();
    for (const known of this.documents.values()) this.touched(known);
    const paths = this.paths();
    this.invalidate(paths, 'syntax');
    this.invalidate(paths, 'types');
    this.invalidate(paths, 'project');
  }

  paths(): readonly string[] {
    return [...this.documents.keys()].sort();
  }

  isOpen(path: string): boolean {
    return this.documents.get(path)?.open !== undefined;
  }

  version(path: string): number | undefined {
    const known = this.documents.get(path);
    return known === undefined ? undefined : (known.open?.version ?? 0);
  }

  text(path: string): string | undefined {
    return this.documents.get(path)?.open?.text ?? this.options.host.readText(path);
  }

  // ── analysis ───────────────────────────────────────────────────────────────────────────────────────────────────────

  async analyze(path: string, lane: Lane, scheduler: Scheduler): Promise<LaneResult | 'superseded'> {
    const known = this.documents.get(path);
    const version = known?.open?.version ?? 0;
    const result = (findings: readonly Finding[], stats: LaneStats): LaneResult => ({
      path,
      version,
      lane,
      findings,
      stats,
    });
    if (lane === 'types') {
      const outcome = await this.runTypes(known, scheduler);
      if (outcome === 'superseded') return 'superseded';
      return result(this.word(path, this.typeFindings(path)), outcome);
    }
    if (lane === 'project') {
      const started = performance.now();
      if ((await this.updateProject(scheduler)) === 'superseded') return 'superseded';
      const findings = this.word(path, this.project.findings(path));
      return result(findings, { ...NO_STATS, ms: performance.now() - started });
    }
    if (known === undefined) return result([], NO_STATS);
    if ((await this.runSyntax(known, scheduler)) === 'superseded') return 'superseded';
    return result(this.word(path, this.ownFindings(known)), known.outcome?.stats ?? NO_STATS);
  }

  findings(path: string): readonly Finding[] {
    const known = this.documents.get(path);
    if (known === undefined) return [];
    if (known.open !== undefined && this.isStale(known)) this.runSyntaxNow(known);
    if (known.skipped !== undefined) return [];
    return this.word(path, [...this.ownFindings(known), ...this.typeFindings(path), ...this.project.findings(path)]);
  }

  private ownFindings(known: Known): readonly PlacedFinding[] {
    return inFile(known.path, known.outcome?.findings ?? []);
  }

  private typeFindings(path: string): readonly PlacedFinding[] {
    return this.types === undefined ? [] : inFile(path, this.types.current(path));
  }

  private async runTypes(known: Known | undefined, scheduler: Scheduler): Promise<LaneStats | 'superseded'> {
    if (this.types === undefined || known === undefined) return NO_STATS;
    // The header and the note on skipped documents come from the syntax lane.
    if ((await this.runSyntax(known, scheduler)) === 'superseded') return 'superseded';
    const document = known.skipped === undefined ? this.currentDocument(known.path) : undefined;
    if (document?.kind.type !== 'source') return NO_STATS;
    const config = this.config(known.path);
    const header = this.syntax.header(document);
    const configured = enabledRules(this.options.rules, config, header.isTest).filter(
      ({ rule }) => rule.types !== undefined,
    );
    const options = new Map(configured.map(({ rule, options: own }) => [rule.id, own]));
    const outcome = await this.types.analyze(
      known.path,
      {
        rules: configured.map(({ rule }) => rule),
        optionsOf: (rule) => options.get(rule.id),
        header,
        providers: (role) => config.providers(role),
        env: `${config.hash}|${header.fingerprint}`,
      },
      scheduler,
    );
    if (outcome === 'superseded') return 'superseded';
    const stale = this.types.staleImporters();
    if (stale.length > 0) this.invalidate(stale, 'types');
    return outcome.stats;
  }

  private openTree(path: string): { file: ts.SourceFile; version: number; text: string } | undefined {
    const known = this.documents.get(path);
    if (known?.open === undefined || known.open.kind.type !== 'source' || known.skipped !== undefined) return undefined;
    try {
      return { file: known.open.sourceFile(), version: known.open.version, text: known.open.text };
    } catch {
      // Nested too deeply; the syntax lane notes it.
      return undefined;
    }
  }

  private sourcePaths(): readonly string[] {
    return this.paths().filter((path) => documentKind(path)?.type === 'source');
  }

  /** Files came, changed or went on disk. */
  private diskChanged(paths: readonly string[]): void {
    this.imports.clear();
    this.types?.invalidate(paths);
    this.invalidate(paths, 'project');
    const stale = this.types?.staleImporters() ?? [];
    if (stale.length > 0) this.invalidate(stale, 'types');
  }

  /** Words findings and drops those that settings or the kind of file rule out. */
  private word(path: string, raw: readonly PlacedFinding[]): readonly Finding[] {
    if (raw.length === 0) return [];
    const config = this.config(path);
    if (config.excluded) return [];
    const isTest = this.index.get(path)?.isTest ?? false;
    const worded = raw.flatMap((finding) => {
      const rule = this.rules.get(finding.rule);
      const setting = config.rule(finding.rule);
      if (rule === undefined || setting === undefined || !looksAt(rule, isTest)) return [];
      return [wordFinding(rule, finding, setting.priority)];
    });
    return worded.sort(compareFindings);
  }

  private async runSyntax(known: Known, scheduler: Scheduler): Promise<'done' | 'superseded'> {
    if (!this.isStale(known)) return 'done';
    const document = this.prepare(known);
    if (document === undefined) return 'done';
    try {
      const outcome = await this.syntax.run(document, this.config(known.path), scheduler);
      if (outcome === 'superseded') return 'superseded';
      // The editor may have opened, changed or closed the document while the lane was paused.
      if (known.open !== undefined && known.open !== document) return 'superseded';
      this.finish(known, outcome);
    } catch (error) {
      this.tooDeep(known, error);
    }
    return 'done';
  }

  private runSyntaxNow(known: Known): void {
    const document = this.prepare(known);
    if (document === undefined) return;
    try {
      this.finish(known, this.syntax.runNow(document, this.config(known.path)));
    } catch (error) {
      this.tooDeep(known, error);
    }
  }

  /** The document to analyse, or `undefined` after noting why there is nothing to do. */
  private prepare(known: Known): TrackedDocument | undefined {
    const document = this.currentDocument(known.path);
    const config = this.config(known.path);
    const reason =
      document === undefined
        ? undefined
        : config.excluded
          ? 'excluded'
          : known.skipUnchecked || known.skipped !== undefined || document.text.length > config.maxFileSize
            ? skipReason(known.path, document.text, config.maxFileSize)
            : undefined;
    known.skipUnchecked = false;
    known.skipped = reason;
    if (document !== undefined && reason === undefined) {
      for (const [key, failure] of this.ruleFailures) if (failure.path === known.path) this.ruleFailures.delete(key);
      return document;
    }
    this.forget(known);
    return undefined;
  }

  private finish(known: Known, outcome: SyntaxOutcome): void {
    known.outcome = outcome;
    known.stale = false;
    if (this.index.set(known.path, outcome.facts)) this.invalidate([known.path], 'project');
  }

  private tooDeep(known: Known, error: unknown): void {
    if (!(error instanceof TooDeep) && !(error instanceof RangeError)) throw error;
    known.skipped = 'too-deep';
    this.forget(known);
  }

  private forget(known: Known): void {
    known.outcome = undefined;
    known.stale = false;
    if (this.index.delete(known.path)) this.invalidate([known.path], 'project');
  }

  private async updateProject(scheduler: Scheduler): Promise<'done' | 'superseded'> {
    let sliceEnd = performance.now() + scheduler.budget;
    const breathe = async (): Promise<boolean> => {
      if (performance.now() < sliceEnd) return true;
      await scheduler.pause();
      sliceEnd = performance.now() + scheduler.budget;
      return !scheduler.superseded;
    };
    for (const known of [...this.documents.values()]) {
      if (!this.isStale(known)) continue;
      if ((await this.runSyntax(known, scheduler)) === 'superseded' && scheduler.superseded) return 'superseded';
      if (!(await breathe())) return 'superseded';
    }
    const steps = this.project.update();
    for (;;) {
      const step = steps.next();
      if (step.done === true) {
        if (step.value.length > 0) this.invalidate(step.value, 'project');
        return 'done';
      }
      if (!(await breathe())) return 'superseded';
    }
  }

  private isStale(known: Known): boolean {
    return (
      known.stale ||
      (known.open !== undefined && known.outcome !== undefined && known.outcome.version !== known.open.version)
    );
  }

  // ── fixes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  async fixes(path: string, version: number, at: Span): Promise<readonly FixOffer[]> {
    const document = this.currentDocument(path);
    if (document === undefined || document.version !== version) return [];
    return this.fixer.offers(document, this.findings(path), at);
  }

  async fixEdits(offer: FixOffer): Promise<readonly FixEdit[] | undefined> {
    const { path, finding } = offer;
    const document = this.currentDocument(path);
    if (document === undefined || document.version !== offer.version) return undefined;
    const stillThere = this.findings(path).some(
      (other) => other.rule === finding.rule && other.start === finding.start && other.end === finding.end,
    );
    return stillThere ? this.fixer.edits(document, finding, offer.index) : undefined;
  }

  async fixAll(path: string, { rule }: { readonly rule?: string } = {}): Promise<readonly FixEdit[]> {
    const document = this.currentDocument(path);
    if (document === undefined) return [];
    const wanted = (findings: readonly Finding[]) =>
      rule === undefined ? findings : findings.filter((f) => f.rule === rule);
    const config = this.config(path);
    return this.fixer.all(document, wanted(this.findings(path)), (text) => {
      const scratch = new TrackedDocument(path, document.kind, document.version, text);
      const { findings } = this.syntax.runNow(scratch, config);
      return {
        document: scratch,
        findings: wanted(
          this.word(
            path,
            findings.map((f) => ({ ...f, related: [] })),
          ),
        ),
      };
    });
  }

  suppress(): readonly FixEdit[] | undefined {
    return undefined;
  }

  // ── notes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  skipped(): readonly SkippedDocument[] {
    return [...this.documents.values()].flatMap(({ path, skipped }) =>
      skipped === undefined ? [] : [{ path, reason: skipped, message: skipMessage(skipped) }],
    );
  }

  failures(): readonly RuleFailure[] {
    return [...this.ruleFailures.values()];
  }

  configProblems(): readonly ConfigProblem[] {
    return this.options.configuration.problems();
  }

  onDidInvalidate(listener: (paths: readonly string[], lane: Lane) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  dispose(): void {
    this.listeners.clear();
    this.types?.dispose();
    this.documents.clear();
  }

  private invalidate(paths: readonly string[], lane: Lane): void {
    for (const listener of this.listeners) listener(paths, lane);
  }

  private fail(rule: string, path: string, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.ruleFailures.set(`${rule}\n${path}`, { rule, path, error: text });
  }

  private know(path: string): Known {
    let known = this.documents.get(path);
    if (known === undefined) {
      known = { path, open: undefined, outcome: undefined, skipped: undefined, skipUnchecked: true, stale: true };
      this.documents.set(path, known);
    }
    return known;
  }

  private touched(known: Known): void {
    known.stale = true;
    known.skipUnchecked = true;
  }

  private config(path: string): ResolvedConfig {
    return this.options.configuration.for(path);
  }

  private currentDocument(path: string): TrackedDocument | undefined {
    const open = this.documents.get(path)?.open;
    if (open !== undefined) return open;
    const kind = documentKind(path);
    const text = kind === undefined ? undefined : this.options.host.readText(path);
    return kind === undefined || text === undefined ? undefined : new TrackedDocument(path, kind, 0, text);
  }
}

/** Gives related places the path of the file they are in. */
function inFile(path: string, findings: readonly RawFinding[]): readonly PlacedFinding[] {
  return findings.map((finding) => ({
    ...finding,
    related: finding.related.map(({ span, label }) => ({ path, span, label })),
  }));
}

/** Facets that any rule lists, each once. */
function facetsOf(rules: readonly RegisteredRule[]): readonly Facet<unknown>[] {
  const facets = new Map<string, Facet<unknown>>();
  for (const rule of rules) for (const facet of rule.project?.facets ?? []) facets.set(facet.name, facet);
  return [...facets.values()];
}

import type { Facet } from '../api/facet.ts';
import type { Finding } from '../api/finding.ts';
import type { RegisteredRule, TypeQuery } from '../api/rule.ts';
import { subjectFacet } from '../checklist/judging/subjects.ts';
import type { Configuration } from '../config/types.ts';
import type { KeyedHeader, PackageView } from '../incremental/header.ts';
import type { ProjectIndex } from '../project/projectIndex.ts';
import { createTypeLane, type TypeLane } from '../types/typeLane.ts';
import { ChecklistLane } from './checklistLane.ts';
import type { Host } from './host.ts';
import { isStale, type Known, type KnownDocuments } from './knownDocuments.ts';
import type { OutcomeStore } from './outcomeStore.ts';
import { inFile, type Presentation, presentFindings, suppressedRules } from './presentation.ts';
import { type PlacedFinding, type ProjectLane, projectLane } from './projectLane.ts';
import { enabledRules, type SyntaxLane, syntaxLane } from './syntaxLane.ts';
import { SyntaxResults, suppressionsOf } from './syntaxResults.ts';
import { TrackedDocument } from './trackedDocument.ts';
import type { Lane, LaneStats, Scheduler } from './workspace.ts';

export interface LanesOptions {
  readonly root: string;
  readonly rules: readonly RegisteredRule[];
  readonly host: Host;
  readonly configuration: Configuration;
  readonly documents: KnownDocuments;
  readonly index: ProjectIndex;
  readonly store: OutcomeStore | undefined;
  packagesFor(path: string): PackageView;
  resolveImport(from: string, specifier: string): string | undefined;
  exists(path: string): boolean;
  isIgnored(path: string): boolean;
  today(): string | undefined;
  onFailure(rule: string, path: string, error: unknown): void;
  /** Documents on which a rule failed. */
  failuresOf(rule: string): readonly string[];
  /** A document is about to be analysed anew: what failed on it before is history. */
  onRestart(path: string): void;
  onInvalidate(paths: readonly string[], lane: Lane): void;
}

const NO_STATS: LaneStats = { visited: 0, reused: 0, ms: 0 };

/** Brings the lanes of documents up to date and merges what they found. */
export class Lanes {
  private readonly options: LanesOptions;
  private readonly rules: ReadonlyMap<string, RegisteredRule>;
  private readonly syntax: SyntaxLane;
  private readonly syntaxResults: SyntaxResults;
  private readonly project: ProjectLane;
  readonly checklist: ChecklistLane;
  /** Absent when no rule asks the type checker. */
  private readonly types: TypeLane | undefined;

  constructor(options: LanesOptions) {
    const { root, rules, host, configuration, documents, index } = options;
    this.options = options;
    this.rules = new Map(rules.map((rule) => [rule.id, rule]));
    this.syntax = syntaxLane({
      root,
      rules,
      facets: facetsOf(rules),
      packagesFor: options.packagesFor,
      onFailure: options.onFailure,
    });
    this.syntaxResults = new SyntaxResults({
      documents,
      configuration,
      index,
      lane: this.syntax,
      store: options.store,
      packagesFor: options.packagesFor,
      onRestart: options.onRestart,
      onChange: (path) => this.checklist.touch(path),
      onFactsChange: (path) => options.onInvalidate([path], 'project'),
    });
    this.project = projectLane({
      root,
      rules,
      index,
      configuration,
      resolveImport: options.resolveImport,
      exists: options.exists,
      isIgnored: options.isIgnored,
      onFailure: options.onFailure,
    });
    this.types = rules.some((rule) => rule.types !== undefined)
      ? createTypeLane({
          root,
          host,
          tree: (path) => documents.openTree(path),
          openVersion: (path) => documents.get(path)?.open?.version,
          text: (path) => documents.text(path),
          paths: () => documents.sourcePaths(),
          openPaths: () => documents.openSourcePaths(),
          onFailure: ({ rule, path, error }) => options.onFailure(rule, path, error),
        })
      : undefined;
    this.checklist = new ChecklistLane({
      root,
      rules,
      host,
      configuration,
      documents,
      index,
      hasTypes: this.types !== undefined,
      today: options.today,
      findings: (known) => this.evidenceOf(known),
      hasRunProject: ({ id }) => this.project.hasRun(id),
      failuresOf: options.failuresOf,
      onFailure: options.onFailure,
    });
  }

  header(document: TrackedDocument): KeyedHeader {
    return this.syntax.header(document);
  }

  typeQuery(document: TrackedDocument): TypeQuery | undefined {
    return this.types?.query(document.path, document.sourceFile());
  }

  /** Runs `swap`, which opens or closes a document. What needs types stays as it is when the text does. */
  exchange(path: string, swap: () => void): void {
    if (this.types === undefined) {
      swap();
      return;
    }
    const { documents } = this.options;
    const wasTyped = isTyped(documents.get(path));
    const isSame = this.types.exchange(path, swap);
    const known = documents.get(path);
    if (known !== undefined && wasTyped && isSame) known.typedVersion = known.open?.version ?? 0;
  }

  /** Files came, changed or went on disk. */
  diskChanged(paths: readonly string[]): void {
    this.types?.invalidate(paths);
    for (const path of paths) this.checklist.touch(path);
    this.options.onInvalidate(paths, 'project');
    this.options.onInvalidate(paths, 'checklist');
    this.announceStaleTypes();
  }

  /** Files or folders of any kind may have come or gone. */
  presenceChanged(): void {
    if (this.project.presenceChanged()) this.options.onInvalidate([], 'project');
  }

  /** Settings, packages or compiler options changed. */
  reset(): void {
    this.types?.reset();
    this.checklist.reset();
  }

  dispose(): void {
    this.types?.dispose();
  }

  /** Runs a lane; its own findings are read with {@link laneFindings}. */
  async run(path: string, lane: Lane, scheduler: Scheduler): Promise<LaneStats | 'superseded'> {
    const known = this.options.documents.get(path);
    if (lane === 'project') return this.runProject(scheduler);
    if (lane === 'checklist') return this.runChecklist(scheduler);
    if (known === undefined) return NO_STATS;
    if (lane === 'types') return this.runTypes(known, scheduler);
    const outcome = await this.syntaxResults.update(known, scheduler);
    return outcome === 'superseded' ? outcome : (known.outcome?.stats ?? NO_STATS);
  }

  /** What one lane said last, worded and filtered. */
  laneFindings(path: string, lane: Lane): readonly Finding[] {
    const known = this.options.documents.get(path);
    if (known?.skipped !== undefined) return [];
    if (lane === 'project') return this.present(path, known, this.project.findings(path));
    if (lane === 'checklist') return this.present(path, known, this.checklist.findings(path));
    if (known === undefined) return [];
    return this.present(path, known, lane === 'types' ? this.typeFindings(path) : syntaxFindings(known));
  }

  /** What all lanes said last, at its place in the current version. */
  findings(path: string): readonly Finding[] {
    const known = this.options.documents.get(path);
    if (known === undefined) return [];
    if (known.open !== undefined && isStale(known)) this.syntaxResults.updateNow(known);
    if (known.skipped !== undefined) return [];
    return this.present(path, known, [
      ...syntaxFindings(known),
      ...this.typeFindings(path),
      ...this.project.findings(path),
      ...this.checklist.findings(path),
    ]);
  }

  /** A trial: what the syntax lane would say if a document had another text. */
  tryText(document: TrackedDocument, text: string): { document: TrackedDocument; findings: readonly Finding[] } {
    const { path } = document;
    const trial = new TrackedDocument(path, document.kind, document.version, text);
    const config = this.options.configuration.for(path);
    const { findings, facts } = this.syntax.runNow(trial, config);
    const presentation = {
      config,
      isTest: facts.isTest,
      suppressions: suppressionsOf(trial),
      isSettled: () => false,
    };
    return { document: trial, findings: presentFindings(inFile(path, findings), this.rules, presentation) };
  }

  // ── types ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  private async runTypes(known: Known, scheduler: Scheduler): Promise<LaneStats | 'superseded'> {
    // The header and the note on skipped documents come from the syntax lane.
    if ((await this.syntaxResults.update(known, scheduler)) === 'superseded') return 'superseded';
    const { documents, configuration, rules } = this.options;
    const document = known.skipped === undefined ? documents.current(known.path) : undefined;
    if (this.types === undefined || document?.kind.type !== 'source') return this.typed(known, NO_STATS);
    const config = configuration.for(known.path);
    const isTest = known.outcome?.facts.isTest ?? false;
    const configured = enabledRules(rules, config, isTest).filter(({ rule }) => rule.types !== undefined);
    const ruleOptions = new Map(configured.map(({ rule, options }) => [rule.id, options]));
    const header = this.syntax.header(document);
    const { revision } = known;
    const outcome = await this.types.analyze(
      known.path,
      {
        rules: configured.map(({ rule }) => rule),
        optionsOf: (rule) => ruleOptions.get(rule.id),
        header,
        providers: (role) => config.providers(role),
        env: `${config.hash}|${header.fingerprint}`,
        explicit: !known.unsaved,
      },
      scheduler,
    );
    if (outcome === 'superseded' || known.revision !== revision) return 'superseded';
    this.announceStaleTypes();
    return outcome.complete ? this.typed(known, outcome.stats) : outcome.stats;
  }

  private typed(known: Known, stats: LaneStats): LaneStats {
    known.typedVersion = known.open?.version ?? 0;
    this.checklist.touch(known.path);
    return stats;
  }

  private typeFindings(path: string): readonly PlacedFinding[] {
    return this.types === undefined ? [] : inFile(path, this.types.current(path));
  }

  private announceStaleTypes(): void {
    const stale = this.types?.staleImporters() ?? [];
    if (stale.length > 0) this.options.onInvalidate(stale, 'types');
  }

  // ── project ────────────────────────────────────────────────────────────────────────────────────────────────────────

  private async runProject(scheduler: Scheduler): Promise<LaneStats | 'superseded'> {
    const started = performance.now();
    let sliceEnd = started + scheduler.budget;
    const breathe = async (): Promise<boolean> => {
      if (performance.now() < sliceEnd) return true;
      await scheduler.pause();
      sliceEnd = performance.now() + scheduler.budget;
      return !scheduler.superseded;
    };
    for (const known of this.options.documents.all()) {
      if (!isStale(known)) continue;
      if ((await this.syntaxResults.update(known, scheduler)) === 'superseded' && scheduler.superseded)
        return 'superseded';
      if (!(await breathe())) return 'superseded';
    }
    const steps = this.project.update();
    for (;;) {
      const step = steps.next();
      if (step.done === true) {
        for (const path of step.value) this.checklist.touch(path);
        if (step.value.length > 0) this.options.onInvalidate(step.value, 'project');
        return { ...NO_STATS, ms: performance.now() - started };
      }
      if (!(await breathe())) return 'superseded';
    }
  }

  // ── checklist ──────────────────────────────────────────────────────────────────────────────────────────────────────

  private async runChecklist(scheduler: Scheduler): Promise<LaneStats | 'superseded'> {
    const started = performance.now();
    if ((await this.runProject(scheduler)) === 'superseded') return 'superseded';
    let sliceEnd = performance.now() + scheduler.budget;
    const steps = this.checklist.update();
    for (;;) {
      const step = steps.next();
      if (step.done === true) {
        return { ...NO_STATS, ms: performance.now() - started, changed: step.value };
      }
      if (performance.now() < sliceEnd) continue;
      await scheduler.pause();
      if (scheduler.superseded) return 'superseded';
      sliceEnd = performance.now() + scheduler.budget;
    }
  }

  /** What the other lanes say of a document, for checklists to be held against. */
  private evidenceOf(known: Known): { readonly findings: readonly Finding[]; readonly suppressed: readonly string[] } {
    const { path } = known;
    if (known.skipped !== undefined) return { findings: [], suppressed: [] };
    const raw = [...syntaxFindings(known), ...this.typeFindings(path), ...this.project.findings(path)];
    const presentation = this.presentation(path, known);
    const findings = presentFindings(raw, this.rules, presentation);
    return { findings, suppressed: suppressedRules(raw, findings, this.rules, presentation) };
  }

  // ── merging ────────────────────────────────────────────────────────────────────────────────────────────────────────

  private present(path: string, known: Known | undefined, raw: readonly PlacedFinding[]): readonly Finding[] {
    return presentFindings(raw, this.rules, this.presentation(path, known));
  }

  private presentation(path: string, known: Known | undefined): Presentation {
    return {
      config: this.options.configuration.for(path),
      isTest: this.options.index.get(path)?.isTest ?? false,
      suppressions: known?.suppressions,
      isSettled: (rule) =>
        (rule.types === undefined || isTyped(known)) &&
        (rule.project === undefined || this.project.isCurrent()) &&
        (rule.checklist === undefined || this.checklist.isCurrent()),
    };
  }
}

/** Whether the types lane has finished with the current version. */
function isTyped(known: Known | undefined): boolean {
  return known !== undefined && known.typedVersion === (known.open?.version ?? 0);
}

function syntaxFindings(known: Known): readonly PlacedFinding[] {
  return inFile(known.path, known.outcome?.findings ?? []);
}

/** Facets that any rule lists, each once. */
function facetsOf(rules: readonly RegisteredRule[]): readonly Facet<unknown>[] {
  const facets = new Map<string, Facet<unknown>>();
  for (const rule of rules) for (const facet of rule.project?.facets ?? []) facets.set(facet.name, facet);
  const subjects = subjectFacet(rules);
  if (subjects !== undefined) facets.set(subjects.name, subjects);
  return [...facets.values()];
}

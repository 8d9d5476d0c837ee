import type { Facet, FacetDefinition } from '../api/facet.ts';
import type { DocumentContext, RegisteredRule } from '../api/rule.ts';
import type { ResolvedConfig } from '../config/types.ts';
import { isTestPath, localPathOf } from '../document/paths.ts';
import { documentFacets, sourceFacets } from '../facts/collectFacts.ts';
import { attemptSource, type SourceResult } from '../incremental/analyzeSource.ts';
import { buildHeader, type KeyedHeader, type PackageView } from '../incremental/header.ts';
import type { RawFinding } from '../incremental/rawFinding.ts';
import { type ConfiguredRule, compileRules, type RuleSet } from '../incremental/ruleSet.ts';
import type { FileFacts } from '../project/projectIndex.ts';
import type { TrackedDocument } from './trackedDocument.ts';
import type { LaneStats, Scheduler } from './workspace.ts';

/** What the syntax lane learns about one version of a document. Plain data. */
export interface SyntaxOutcome {
  readonly version: number;
  readonly configHash: string;
  /** No rule failed. */
  readonly isWhole: boolean;
  /** Absolute offsets. */
  readonly findings: readonly RawFinding[];
  readonly facts: FileFacts;
  readonly stats: LaneStats;
}

export interface SyntaxLaneOptions {
  readonly root: string;
  readonly rules: readonly RegisteredRule[];
  readonly facets: readonly Facet<unknown>[];
  packagesFor(path: string): PackageView;
  onFailure(rule: string, path: string, error: unknown): void;
}

/** Runs node, function, file and document checks, and collects facts. */
export interface SyntaxLane {
  /** Throws TooDeep or RangeError for code nested too deeply. */
  run(document: TrackedDocument, config: ResolvedConfig, scheduler: Scheduler): Promise<SyntaxOutcome | 'superseded'>;
  /** The same in one go. */
  runNow(document: TrackedDocument, config: ResolvedConfig): SyntaxOutcome;
  header(document: TrackedDocument): KeyedHeader;
}

/** Sets up the lane; compiled rule sets are kept by configuration (cache: rule sets). */
export function syntaxLane(options: SyntaxLaneOptions): SyntaxLane {
  const ruleSets = new Map<string, RuleSet>();
  const { root, rules, facets } = options;

  const ruleSetFor = (config: ResolvedConfig, isTest: boolean): RuleSet => {
    const key = `${config.hash}|${isTest}`;
    let ruleSet = ruleSets.get(key);
    if (ruleSet === undefined) {
      // Settings change rarely; an editor that cycles through them must not pile up rule sets.
      if (ruleSets.size > 64) ruleSets.clear();
      ruleSet = compileRules(enabledRules(rules, config, isTest), facets, isTest);
      ruleSets.set(key, ruleSet);
    }
    return ruleSet;
  };

  const header = (document: TrackedDocument): KeyedHeader =>
    buildHeader(document.sourceFile(), {
      packages: options.packagesFor(document.path),
      localPath: localPathOf(document.path, root),
      names: document.names,
    });

  /** Tries until done, calling `pause` between slices; `undefined` when it says to stop. */
  function* source(document: TrackedDocument, config: ResolvedConfig, budget: number): Generator<void, SyntaxOutcome> {
    const started = performance.now();
    const failed = new Set<string>();
    const onFailure = (rule: string, error: unknown) => {
      if (failed.has(rule)) return;
      failed.add(rule);
      options.onFailure(rule, document.path, error);
    };
    const failedRules = new Set<number>();
    // Left behind by a run that was given up: a rule that failed then has its say now.
    if (document.units.incomplete) document.units.clear();
    for (;;) {
      const file = document.sourceFile();
      const fileHeader = header(document);
      const ruleSet = ruleSetFor(config, fileHeader.isTest);
      document.units.enter(`${config.hash}|${fileHeader.fingerprint}`);
      const result: SourceResult | undefined = attemptSource(
        {
          path: document.path,
          file,
          header: fileHeader,
          rules: ruleSet,
          cache: document.units,
          providers: (role) => config.providers(role),
          placesOf: (word) => document.placesOf(word),
          onFailure,
        },
        budget,
        failedRules,
      );
      if (result !== undefined) {
        return {
          version: document.version,
          configHash: config.hash,
          isWhole: failed.size === 0,
          findings: result.findings,
          facts: {
            isTest: fileHeader.isTest,
            values: sourceFacets(document.path, file, fileHeader, result.root, ruleSet.facets, onFailure),
          },
          stats: { visited: result.visited, reused: result.reused, ms: performance.now() - started },
        };
      }
      yield;
    }
  }

  const format = (document: TrackedDocument, config: ResolvedConfig): SyntaxOutcome => {
    const started = performance.now();
    const tree = document.formatDocument();
    const localPath = localPathOf(document.path, root);
    const isTest = isTestPath(localPath.slice(1));
    const findings: RawFinding[] = [];
    let isWhole = true;
    for (const { rule, options: ruleOptions } of enabledRules(rules, config, isTest)) {
      const checks = rule.documents;
      if (checks === undefined || !checks.languages.includes(tree.language) || checks.matches?.(localPath) === false)
        continue;
      const found: RawFinding[] = [];
      const context: DocumentContext<string, unknown> = {
        path: document.path,
        localPath,
        document: tree,
        options: ruleOptions,
        report(at, messageId, data = {}, extra = {}) {
          const related = (extra.related ?? []).map(({ at: other, label }) => ({
            span: 'kind' in other ? { start: other.getStart(), end: other.end } : other,
            label,
          }));
          found.push({ rule: rule.id, messageId, start: at.start, end: at.end, data, related });
        },
      };
      try {
        checks.check(context);
        findings.push(...found);
      } catch (error) {
        isWhole = false;
        options.onFailure(rule.id, document.path, error);
      }
    }
    const values = documentFacets(
      { path: document.path, localPath },
      tree,
      facets as readonly FacetDefinition<never, unknown>[] as never,
      (name, error) => {
        isWhole = false;
        options.onFailure(name, document.path, error);
      },
    );
    return {
      version: document.version,
      configHash: config.hash,
      isWhole,
      findings,
      facts: { isTest, values },
      stats: { visited: 0, reused: 0, ms: performance.now() - started },
    };
  };

  return {
    header,
    async run(document, config, scheduler) {
      if (document.kind.type === 'format') return format(document, config);
      const { version } = document;
      const steps = source(document, config, scheduler.budget);
      for (;;) {
        const step = steps.next();
        if (step.done === true) return step.value;
        await scheduler.pause();
        if (scheduler.superseded || document.version !== version) return 'superseded';
      }
    },
    runNow(document, config) {
      if (document.kind.type === 'format') return format(document, config);
      const step = source(document, config, Number.POSITIVE_INFINITY).next();
      if (step.done !== true) throw new Error('An unbounded slice ended early');
      return step.value;
    },
  };
}

/** Rules that are on for a file and look at its kind. */
export function enabledRules(
  rules: readonly RegisteredRule[],
  config: ResolvedConfig,
  isTest: boolean,
): ConfiguredRule[] {
  return rules.flatMap((rule) => {
    const setting = config.rule(rule.id);
    return setting !== undefined && looksAt(rule, isTest) ? [{ rule, options: setting.options }] : [];
  });
}

/** Whether a rule looks at test files, production files, or both. */
export function looksAt(rule: RegisteredRule, isTest: boolean): boolean {
  const appliesTo = rule.meta.appliesTo ?? 'production';
  return appliesTo === 'everywhere' || (appliesTo === 'tests') === isTest;
}

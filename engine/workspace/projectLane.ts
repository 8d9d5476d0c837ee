import type { RelatedPlace, Span } from '../api/finding.ts';
import type { RegisteredRule } from '../api/rule.ts';
import type { Configuration } from '../config/types.ts';
import { folderOf } from '../document/paths.ts';
import type { RawFinding } from '../incremental/rawFinding.ts';
import type { ProjectIndex } from '../project/projectIndex.ts';
import { type AnchoredFinding, type AnchoredPlace, runProjectRule } from '../project/runProject.ts';

/** A project finding with its places resolved against the current facts. */
export interface PlacedFinding extends Omit<RawFinding, 'related'> {
  readonly related: readonly RelatedPlace[];
}

export interface ProjectLaneOptions {
  readonly root: string;
  readonly rules: readonly RegisteredRule[];
  readonly index: ProjectIndex;
  readonly configuration: Configuration;
  resolveImport(from: string, specifier: string): string | undefined;
  exists(path: string): boolean;
  isIgnored(path: string): boolean;
  onFailure(rule: string, path: string, error: unknown): void;
}

/** Project checks, each re-run only when a facet it lists, the set of files, or the settings it goes by changed. */
export interface ProjectLane {
  /**
   * Runs what is out of date, one rule per step, and returns the files whose project findings changed. What an update did that
   * was left before its end is part of the next one.
   */
  update(): Generator<void, readonly string[]>;
  isCurrent(): boolean;
  /** Whether a rule's check has run at all. */
  hasRun(rule: string): boolean;
  findings(path: string): readonly PlacedFinding[];
  /** Files of any kind may have come or gone. True when a check that asked about one would get another answer. */
  presenceChanged(): boolean;
}

/** Answers about paths that a check was given. */
interface Answers {
  readonly exists: Map<string, boolean>;
  readonly isIgnored: Map<string, boolean>;
  /** Hashes of the settings that apply in folders whose declarations were asked for. */
  readonly settings: Map<string, string>;
}

/** What a rule's check said, and what it asked about files that are not documents. */
interface Result {
  readonly key: string;
  readonly asked: Answers;
  readonly findings: readonly AnchoredFinding[];
}

/** Cache: project results, by rule; key: revisions of its facets, configuration of the root, presence of files asked for. */
export function projectLane(options: ProjectLaneOptions): ProjectLane {
  const { root, index, configuration } = options;
  const rules = options.rules.filter((rule) => rule.project !== undefined);
  const results = new Map<string, Result>();
  let byPath = new Map<string, AnchoredFinding[]>();
  /** A check has run since `byPath` was put together: it may have been the last step of an update that nobody finished. */
  let isOutdated = false;

  const settingsIn = (folder: string) => configuration.for(`${folder}/airworthy.json`);
  // Project checks answer for the whole folder, so the settings at its root decide their options.
  const settings = () => settingsIn(root);
  const areCurrent = ({ asked }: Result) =>
    [...asked.settings].every(([folder, hash]) => settingsIn(folder).hash === hash);
  const keyOf = (rule: RegisteredRule): string =>
    `${settings().hash}|${index.revisionOf((rule.project?.facets ?? []).map((facet) => facet.name))}`;

  const isUpToDate = (rule: RegisteredRule, key: string): boolean => {
    const result = results.get(rule.id);
    return result?.key === key && areCurrent(result);
  };

  const run = (rule: RegisteredRule, asked: Answers): readonly AnchoredFinding[] => {
    const setting = settings().rule(rule.id);
    if (setting === undefined) return [];
    // Each package may declare for itself what its own functions and what stands in front of it do.
    const declaredAt = (path: string) => {
      const folder = folderOf(path);
      const config = settingsIn(folder);
      asked.settings.set(folder, config.hash);
      return config;
    };
    try {
      return runProjectRule(rule, {
        root,
        index,
        options: setting.options,
        providers: (role, path) => declaredAt(path).providers(role),
        gatewaysBefore: (path) => declaredAt(path).gatewaysBefore(path),
        resolveImport: options.resolveImport,
        // Documents that are known need no remembering: the key holds the set of files.
        exists: (path) => index.get(path) !== undefined || remembered(asked.exists, path, options.exists),
        isIgnored: (path) => remembered(asked.isIgnored, path, options.isIgnored),
      });
    } catch (error) {
      options.onFailure(rule.id, root, error);
      return [];
    }
  };

  const spanOf = (place: AnchoredPlace): Span | undefined =>
    index.get(place.path)?.values.get(place.facet)?.spans[place.anchor];

  return {
    hasRun: (rule) => results.has(rule),
    isCurrent: () => rules.every((rule) => isUpToDate(rule, keyOf(rule))),
    *update() {
      for (const rule of rules) {
        const key = keyOf(rule);
        if (isUpToDate(rule, key)) continue;
        const asked: Answers = { exists: new Map(), isIgnored: new Map(), settings: new Map() };
        const findings = run(rule, asked);
        results.set(rule.id, { key, asked, findings });
        isOutdated = true;
        yield;
      }
      if (!isOutdated) return [];
      isOutdated = false;
      const before = byPath;
      byPath = new Map();
      for (const { findings } of results.values()) {
        for (const finding of findings) {
          const list = byPath.get(finding.path);
          if (list === undefined) byPath.set(finding.path, [finding]);
          else list.push(finding);
        }
      }
      const touched = new Set([...before.keys(), ...byPath.keys()]);
      return [...touched].filter((path) => JSON.stringify(before.get(path)) !== JSON.stringify(byPath.get(path)));
    },
    presenceChanged() {
      let changed = false;
      for (const [id, result] of results) {
        if (isCurrent(result.asked.exists, options.exists) && isCurrent(result.asked.isIgnored, options.isIgnored))
          continue;
        // Its findings stay until the check has run again.
        results.set(id, { ...result, key: '' });
        changed = true;
      }
      return changed;
    },
    findings(path) {
      return (byPath.get(path) ?? []).flatMap((finding) => {
        const span = spanOf(finding);
        if (span === undefined) return [];
        const related = finding.related.flatMap((other) => {
          const place = spanOf(other);
          return place === undefined ? [] : [{ path: other.path, span: place, label: other.label }];
        });
        const { rule, messageId, data } = finding;
        return [{ rule, messageId, data, start: span.start, end: span.end, related }];
      });
    },
  };
}

function remembered(answers: Map<string, boolean>, path: string, ask: (path: string) => boolean): boolean {
  const answer = answers.get(path) ?? ask(path);
  answers.set(path, answer);
  return answer;
}

function isCurrent(answers: ReadonlyMap<string, boolean>, ask: (path: string) => boolean): boolean {
  for (const [path, answer] of answers) if (ask(path) !== answer) return false;
  return true;
}

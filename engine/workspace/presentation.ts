import type { Finding } from '../api/finding.ts';
import type { RegisteredRule } from '../api/rule.ts';
import type { ResolvedConfig } from '../config/types.ts';
import type { RawFinding } from '../incremental/rawFinding.ts';
import { applySuppressions, type Suppressions } from '../suppressions/index.ts';
import type { PlacedFinding } from './projectLane.ts';
import { looksAt } from './syntaxLane.ts';
import { compareFindings, wordFinding } from './wording.ts';

/** What decides how the findings of one document are shown. */
export interface Presentation {
  readonly config: ResolvedConfig;
  readonly isTest: boolean;
  readonly suppressions: Suppressions | undefined;
  /** Whether all lanes a rule uses have run on the current state, so that a suppression without effect is unused. */
  isSettled(rule: RegisteredRule): boolean;
}

/** Words findings, drops what settings, the kind of file or a comment rule out, and sorts by place. */
export function presentFindings(
  raw: readonly PlacedFinding[],
  rules: ReadonlyMap<string, RegisteredRule>,
  { config, isTest, suppressions, isSettled }: Presentation,
): readonly Finding[] {
  if (config.excluded || (raw.length === 0 && (suppressions?.items.length ?? 0) === 0)) return [];
  const worded = raw.flatMap((finding) => {
    const rule = rules.get(finding.rule);
    const setting = config.rule(finding.rule);
    if (rule === undefined || setting === undefined || !looksAt(rule, isTest)) return [];
    return [wordFinding(rule, finding, setting.priority)];
  });
  if (suppressions === undefined || suppressions.items.length === 0) return worded.sort(compareFindings);
  const settled = [...rules.values()].filter((rule) => config.rule(rule.id) !== undefined && isSettled(rule));
  const kept = applySuppressions(worded, suppressions, {
    knownRules: new Set(rules.keys()),
    activeRules: new Set(settled.map(({ id }) => id)),
    complete: true,
  });
  return [...kept].sort(compareFindings);
}

/** Rules with findings that only a comment keeps from being shown. */
export function suppressedRules(
  raw: readonly PlacedFinding[],
  shown: readonly Finding[],
  rules: ReadonlyMap<string, RegisteredRule>,
  { config, isTest, suppressions }: Presentation,
): readonly string[] {
  if (suppressions === undefined || suppressions.items.length === 0) return [];
  const left = new Map<string, number>();
  for (const { rule: id } of raw) {
    const rule = rules.get(id);
    if (rule !== undefined && config.rule(id) !== undefined && looksAt(rule, isTest))
      left.set(id, (left.get(id) ?? 0) + 1);
  }
  for (const { rule } of shown) left.set(rule, (left.get(rule) ?? 0) - 1);
  return [...left].flatMap(([id, count]) => (count > 0 ? [id] : []));
}

/** Gives related places the path of the file they are in. */
export function inFile(path: string, findings: readonly RawFinding[]): readonly PlacedFinding[] {
  return findings.map((finding) => ({
    ...finding,
    related: finding.related.map(({ span, label }) => ({ path, span, label })),
  }));
}

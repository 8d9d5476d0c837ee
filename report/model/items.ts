import type { Category, RegisteredRule } from '#engine/api/rule.ts';
import type { ChecklistScore, Evidence, EvidencePlace, JudgedItem } from '#engine/checklist/view.ts';
import type { EvidenceReport, ItemReport, PlaceReport, ScoreReport } from './report.ts';

/** What an item's report needs to know beyond the item. */
export interface ItemContext {
  /** Makes an absolute path relative to the workspace. */
  relative(path: string): string;
  readonly rules: ReadonlyMap<string, RegisteredRule>;
}

export function itemReport(judged: JudgedItem, context: ItemContext): ItemReport {
  const { item, gate } = judged;
  return {
    key: judged.key,
    path: context.relative(judged.path),
    line: item.line,
    title: item.title,
    section: item.sectionPath,
    status: item.status,
    verdict: judged.verdict,
    why: judged.why,
    priority: judged.priority ?? null,
    blocker: judged.blocker,
    human: item.human,
    depth: item.depth,
    categories: categoriesOf(judged.evidence, context),
    evidence: judged.evidence.map((evidence) => evidenceReport(evidence, context)),
    gate: gate === undefined ? null : { command: gate.command, exitCode: gate.exitCode ?? null, at: gate.at },
  };
}

/** Categories of the rules that decide about an item; those that are merely related do not. */
function categoriesOf(evidence: readonly Evidence[], { rules }: ItemContext): readonly Category[] {
  const deciding = evidence.filter(({ kind }) => kind !== 'related').map(({ rule }) => rules.get(rule)?.category);
  return [...new Set(deciding.filter((category) => category !== undefined))];
}

function evidenceReport(evidence: Evidence, context: ItemContext): EvidenceReport {
  const { rule, kind, state, why, findings, elsewhere } = evidence;
  const place = ({ path, line, message, priority }: EvidencePlace): PlaceReport => ({
    path: context.relative(path),
    line,
    message,
    priority,
  });
  return { rule, kind, state, why, findings: findings.map(place), elsewhere: elsewhere.length };
}

export function scoreReport({ items, verdicts, blockers, counted, proven, percent }: ChecklistScore): ScoreReport {
  return { items, verdicts, blockers, counted, proven, percent: percent ?? null };
}

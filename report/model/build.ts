import type { Priority } from '#engine/api/finding.ts';
import type { RegisteredRule } from '#engine/api/rule.ts';
import { scoreOf } from '#engine/checklist/judging/score.ts';
import type { JudgedItem } from '#engine/checklist/view.ts';
import type { FoundPlace, ReportInput } from '../input.ts';
import { ruleLink } from '../text.ts';
import { categoryWords } from '../words.ts';
import { itemReport, scoreReport } from './items.ts';
import {
  type CategoryReport,
  type ItemReport,
  type PriorityCounts,
  REPORT_VERSION,
  type ReportModel,
  type RuleReport,
} from './report.ts';

/** Gathers what a report tells, in the order in which it tells it. The same input gives the same model. */
export function buildReport(input: ReportInput): ReportModel {
  const { root, view } = input;
  const rules = new Map(input.rules.map((rule) => [rule.id, rule]));
  const relative = (path: string) => (path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path);
  const made = new Map<JudgedItem, ItemReport>();
  const reported = (judged: JudgedItem) => {
    const report = made.get(judged) ?? itemReport(judged, { relative, rules });
    made.set(judged, report);
    return report;
  };
  const counting = view.documents.filter(({ counted }) => counted).flatMap(({ items }) => items);
  const promises = counting.filter(({ item }) => item.aside === undefined);
  return {
    version: REPORT_VERSION,
    name: input.name,
    at: input.at,
    commit: input.commit,
    toolVersion: input.toolVersion,
    complete: view.complete,
    files: input.files,
    summary: { ...scoreReport(view.summary), findings: countByPriority(input.findings) },
    blockers: view.blockers.map(reported),
    categories: categoryReports(promises, reported, input.findings, rules),
    withoutRule: promises.filter((judged) => reported(judged).categories.length === 0).length,
    documents: view.documents.map(({ name, title, counted, collapsed, score, items }) => ({
      path: name,
      title,
      counted,
      collapsed,
      score: scoreReport(score),
      items: items.map(reported),
    })),
    rules: ruleReports(input.findings, rules),
    history: [...input.history].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    troubles: input.troubles,
  };
}

function categoryReports(
  items: readonly JudgedItem[],
  reported: (item: JudgedItem) => ItemReport,
  findings: readonly FoundPlace[],
  rules: ReadonlyMap<string, RegisteredRule>,
): readonly CategoryReport[] {
  const names = Object.keys(categoryWords) as (keyof typeof categoryWords)[];
  return names.flatMap((category) => {
    const own = items.filter((item) => reported(item).categories.includes(category));
    const found = findings.filter(({ rule }) => rules.get(rule)?.category === category);
    if (own.length === 0 && found.length === 0) return [];
    return [{ category, score: scoreReport(scoreOf(own)), findings: countByPriority(found) }];
  });
}

function ruleReports(
  findings: readonly FoundPlace[],
  rules: ReadonlyMap<string, RegisteredRule>,
): readonly RuleReport[] {
  const byRule = new Map<string, FoundPlace[]>();
  for (const finding of findings) {
    const own = byRule.get(finding.rule);
    if (own === undefined) byRule.set(finding.rule, [finding]);
    else own.push(finding);
  }
  const reports = [...byRule].map(([rule, own]): RuleReport => {
    const known = rules.get(rule);
    const priority = own.reduce<Priority>((first, each) => (each.priority < first ? each.priority : first), 'P3');
    return {
      rule,
      category: known?.category ?? null,
      summary: known?.meta.summary ?? '',
      url: ruleLink(rule),
      priority,
      findings: own,
    };
  });
  return reports.sort(
    (a, b) => compare(a.priority, b.priority) || b.findings.length - a.findings.length || compare(a.rule, b.rule),
  );
}

function countByPriority(findings: readonly FoundPlace[]): PriorityCounts {
  const counts: Record<Priority, number> = { P0: 0, P1: 0, P2: 0, P3: 0 };
  for (const { priority } of findings) counts[priority]++;
  return counts;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

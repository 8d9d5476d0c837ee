import type { Priority } from '../../api/finding.ts';
import type { Category, RegisteredRule } from '../../api/rule.ts';
import { listed } from '../sentences.ts';
import type { RuleState } from '../view.ts';
import { type StackSource, stackOf } from './stack.ts';
import { humanTasks, type Technology, technologies } from './technologies.ts';

/** A workspace after its `checklist` lane has run. */
export interface CreateSource extends StackSource {
  ruleAnswer(rule: string): { readonly state: RuleState; readonly findings: number };
}

const PRIORITIES: Readonly<Record<Priority, string>> = {
  P0: 'must be fixed before production',
  P1: 'high',
  P2: 'medium',
  P3: 'nice to have',
};

/** Words behind which no sentence goes on in lower case: `URL`, `MongoDB`. */
const NAME = /^\p{L}\S*\p{Lu}/u;

/**
 * A readiness checklist for the workspace as it is: an item for each rule that has, or may have, something to look at, ticked
 * when the rule looked and found nothing. Rules of technologies that the workspace does not use are left out. The same
 * workspace gives the same text.
 */
export function createChecklist(source: CreateSource, rules: readonly RegisteredRule[]): string {
  const stack = stackOf(source);
  const listed = rules.filter(
    (rule) =>
      rule.category !== 'checklist' &&
      rule.meta.enabled !== false &&
      isForStack(rule, stack) &&
      source.ruleAnswer(rule.id).state !== 'nothing',
  );
  const categories = [...new Set(listed.map(({ category }) => category))].sort(byImportance(listed));
  return [
    '# Production readiness',
    '',
    introduction(stack),
    ...categories.flatMap((category) =>
      categorySection(
        category,
        listed.filter((rule) => rule.category === category),
        source,
      ),
    ),
    '',
    '## Human Tasks',
    '',
    ...humanTasks
      .filter(({ kind }) => kind === undefined || stack.some((technology) => technology.kind === kind))
      .map(({ task }) => `- [ ] ${task}`),
    '',
  ].join('\n');
}

function introduction(stack: readonly Technology[]): string {
  const used = stack.length === 0 ? '' : ` It was written for ${listed(stack.map(({ name }) => name))}.`;
  return [
    `What has to be true before this goes to production.${used}`,
    'The comments link items to rules of Airworthy, which holds every tick against the code.',
  ].join('\n');
}

/** Categories with the most urgent rules first, then as the rules name them. */
function byImportance(rules: readonly RegisteredRule[]): (a: Category, b: Category) => number {
  const urgent = (category: Category) =>
    Math.min(...rules.filter((rule) => rule.category === category).map(({ meta }) => Number(meta.priority[1])));
  return (a, b) => urgent(a) - urgent(b) || (a < b ? -1 : 1);
}

function categorySection(
  category: Category,
  rules: readonly RegisteredRule[],
  source: CreateSource,
): readonly string[] {
  const priorities = Object.entries(PRIORITIES).flatMap(([priority, words]) => {
    const own = rules.filter(({ meta }) => meta.priority === priority);
    if (own.length === 0) return [];
    return ['', `### ${priority}: ${words}`, '', ...own.map((rule) => itemLine(rule, source))];
  });
  return ['', `## ${upperFirst(category)}`, ...priorities];
}

function itemLine({ id, meta }: RegisteredRule, source: CreateSource): string {
  const { state, findings } = source.ruleAnswer(id);
  const promise = meta.promise ?? `Nothing of this kind is left: ${lowerFirst(meta.summary)}`;
  const count = state === 'findings' ? ` - ${findings} ${findings === 1 ? 'finding' : 'findings'}` : '';
  return `- [${state === 'clean' ? 'x' : ' '}] **${promise.replace(/\.$/, '')}**${count} <!-- airworthy: ${id} -->`;
}

/** A rule whose id names a technology is for workspaces that use it. */
function isForStack({ id }: RegisteredRule, stack: readonly Technology[]): boolean {
  const words = id.split(/[/-]/);
  const named = technologies.filter(({ word }) => word !== undefined && words.includes(word));
  return named.length === 0 || named.some((technology) => stack.includes(technology));
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  const [first = ''] = text.split(' ');
  return NAME.test(first) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

import type { Category } from '#engine/api/rule.ts';

/** What each category is about, in the order in which documentation lists them. */
export const categories = {
  security: 'Ways in for attackers: browser and desktop shells, identity, secrets, the HTTP surface.',
  reliability: 'Code that fails, hangs or answers wrongly under load or on errors.',
  resources: 'What is opened and never closed: servers, connections, timers, listeners, collections.',
  data: 'Queries, transactions and caches that do not hold at production size.',
  config: 'Environment, limits and project settings.',
  testing: 'Test suites that pass without proving anything.',
  types: 'Places where the type checker was told to look away.',
  observability: 'What an operator needs to see and cannot.',
  delivery: 'Images, compose files, pipelines and documentation.',
  checklist: 'Readiness checklists that disagree with the code or with themselves.',
} as const satisfies Record<Category, string>;

export function isCategory(name: string): name is Category {
  return Object.hasOwn(categories, name);
}

import type { RegisteredRule } from '#engine/api/rule.ts';
import type { Selection } from '#engine/config/selection.ts';

/**
 * What has to run for a selection. Rules about checklists judge an item by what all other rules find, so that with one of
 * them everything runs that is on.
 */
export function toRun(only: Selection | undefined, rules: readonly RegisteredRule[]): Selection | undefined {
  if (only === undefined || !rules.some((rule) => rule.checklist !== undefined && isSelected(only, rule))) return only;
  return { rules: only.rules, categories: [...new Set(rules.map(({ category }) => category))] };
}

/** Ids of the rules whose findings were asked for; `undefined` when nothing was selected. */
export function askedFor(
  only: Selection | undefined,
  rules: readonly RegisteredRule[],
): ReadonlySet<string> | undefined {
  if (only === undefined) return undefined;
  return new Set(rules.flatMap((rule) => (isSelected(only, rule) ? [rule.id] : [])));
}

function isSelected(only: Selection, { id, category }: RegisteredRule): boolean {
  return only.rules.includes(id) || only.categories.includes(category);
}

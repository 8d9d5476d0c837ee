import type { RegisteredRule } from '#engine/api/rule.ts';
import { didYouMean } from '#engine/config/closest.ts';
import { UsageError } from './usageError.ts';

/** The rule of an id, or of a name without its category when only one has it. Throws {@link UsageError} with a hint. */
export function knownRule(id: string, rules: readonly RegisteredRule[]): RegisteredRule {
  const exact = rules.find((rule) => rule.id === id);
  const named = exact === undefined ? rules.filter((rule) => rule.id.endsWith(`/${id}`)) : [exact];
  const [only] = named;
  if (only !== undefined && named.length === 1) return only;
  const ids = (named.length > 1 ? named : rules).map((rule) => rule.id);
  throw new UsageError(`There is no rule "${id}".${didYouMean(id, ids)} Run "airworthy rules" to see all.`);
}

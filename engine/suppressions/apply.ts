import type { Finding, Priority, Span } from '../api/finding.ts';
import { didYouMean } from '../config/closest.ts';
import type { NamedRule } from './directive.ts';
import type { Suppression, Suppressions } from './read.ts';

/** Ids of the findings about suppression comments themselves. They cannot be suppressed. */
export const SUPPRESSION_RULES = {
  withoutReason: 'airworthy/suppression-without-reason',
  unused: 'airworthy/unused-suppression',
  unknown: 'airworthy/unknown-rule',
} as const;

export interface ApplyOptions {
  /** Ids of all rules there are, on or off. */
  readonly knownRules: ReadonlySet<string>;
  /** All lanes have run on this version, so that what suppresses nothing can be called unused. */
  readonly complete: boolean;
  /** Ids of the rules that are on for the document; a suppression of another rule is not called unused. All when left out. */
  readonly activeRules?: ReadonlySet<string>;
}

/** Takes out the findings that comments suppress, and adds those about the comments. */
export function applySuppressions(
  findings: readonly Finding[],
  { items }: Suppressions,
  { knownRules, complete, activeRules = knownRules }: ApplyOptions,
): readonly Finding[] {
  if (items.length === 0) return findings;
  const used = new Set<NamedRule>();
  const left = findings.filter((finding) => {
    const matches = matching(items, finding);
    for (const { named } of matches) used.add(named);
    return matches.length === 0;
  });
  const categories = new Set([...knownRules].map(categoryOf));
  const isOn = (name: string): boolean =>
    name.includes('/') ? activeRules.has(name) : [...activeRules].some((id) => categoryOf(id) === name);
  const notes = items.flatMap((item) => [
    ...(item.reason === undefined ? [withoutReason(item)] : []),
    ...(item.rules.length === 0 ? [withoutRule(item)] : []),
    ...item.rules.flatMap((named) => {
      if (!knownRules.has(named.name) && !categories.has(named.name)) return [unknown(named, knownRules)];
      return complete && !used.has(named) && isOn(named.name) ? [unused(named)] : [];
    }),
  ]);
  return [...left, ...notes];
}

/** The suppressions of a finding, those for its line before those for the file: a line needs none if the file has one. */
function matching(items: readonly Suppression[], finding: Finding): readonly { readonly named: NamedRule }[] {
  const all = items.flatMap((item) => {
    if (finding.start < item.covers.start || finding.start > item.covers.end) return [];
    const named = item.rules.find(({ name }) => name === finding.rule || name === categoryOf(finding.rule));
    return named === undefined ? [] : [{ named, file: item.kind === 'file' }];
  });
  const near = all.filter(({ file }) => !file);
  return near.length > 0 ? near : all;
}

function categoryOf(rule: string): string {
  return rule.slice(0, rule.indexOf('/'));
}

function note(rule: string, priority: Priority, { start, end }: Span, message: string, name = ''): Finding {
  const data = name === '' ? {} : { name };
  return { rule, messageId: rule.slice('airworthy/'.length), message, priority, start, end, data, related: [] };
}

function withoutReason({ keyword }: Suppression): Finding {
  const message =
    'This suppression gives no reason, so nobody can tell later whether it still holds. Say why behind "--".';
  return note(SUPPRESSION_RULES.withoutReason, 'P2', keyword, message);
}

function withoutRule({ keyword }: Suppression): Finding {
  const message =
    'This comment names no rule, so it suppresses nothing. Write the rule behind it, as in "category/name".';
  return note(SUPPRESSION_RULES.unknown, 'P2', keyword, message);
}

function unknown(named: NamedRule, known: ReadonlySet<string>): Finding {
  const message = `There is no rule or category "${named.name}", so this suppresses nothing. Correct or remove it.`;
  return note(SUPPRESSION_RULES.unknown, 'P2', named, message + didYouMean(named.name, known), named.name);
}

function unused(named: NamedRule): Finding {
  const message = `${named.name} reports nothing here, so this only hides what may come. Remove it.`;
  return note(SUPPRESSION_RULES.unused, 'P3', named, message, named.name);
}

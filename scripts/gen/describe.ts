import type { RegisteredRule } from '#engine/api/rule.ts';

/** Makes text safe inside a cell of a Markdown table. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** Where a rule looks, in words. */
export function scopesOf(rule: RegisteredRule): readonly string[] {
  return [
    ...(rule.node ? ['statements'] : []),
    ...(rule.function ? ['functions'] : []),
    ...(rule.file ? ['files'] : []),
    ...(rule.comment ? ['comments'] : []),
    ...(rule.types ? ['types'] : []),
    ...(rule.project ? ['the project'] : []),
    ...(rule.documents ? [`documents (${rule.documents.languages.join(', ')})`] : []),
  ];
}

const places = { production: 'production code', tests: 'tests', everywhere: 'production code and tests' } as const;

export function placesOf(rule: RegisteredRule): string {
  return places[rule.meta.appliesTo ?? 'production'];
}

/** `safe`, `suggest`, both or nothing: what kinds of fixes the rule has. */
export function fixKindsOf(rule: RegisteredRule): readonly string[] {
  const fixes = Object.values(rule.fixes ?? {}).flat();
  return ['safe', 'suggest'].filter((kind) => fixes.some((fix) => fix?.safety === kind));
}

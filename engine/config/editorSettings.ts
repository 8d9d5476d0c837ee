import { categoryNames } from './schema.ts';

/** Editors have one map for rules and categories; an airworthy.json keeps them apart. */
export function editorSettings(byName: Readonly<Record<string, unknown>>): {
  readonly rules: Readonly<Record<string, unknown>>;
  readonly categories: Readonly<Record<string, unknown>>;
} {
  const isCategory = ([name]: readonly [string, unknown]) => categoryNames.some((category) => category === name);
  const entries = Object.entries(byName);
  return {
    rules: Object.fromEntries(entries.filter((entry) => !isCategory(entry))),
    categories: Object.fromEntries(entries.filter(isCategory)),
  };
}

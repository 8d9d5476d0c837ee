import type { RegisteredRule } from '../api/rule.ts';
import { collectGateways } from './gateways.ts';
import { type GlobList, globMatcher, type SourcedGlobs } from './globs.ts';
import { type Layer, ruleStates } from './layers.ts';
import { collectProviders } from './providers.ts';
import { resolvedConfig } from './resolvedConfig.ts';
import { type ConfigSettings, DEFAULT_MAX_FILE_SIZE } from './schema.ts';
import { type Selection, select } from './selection.ts';
import type { ConfigOrigin, ResolvedConfig } from './types.ts';

/** Settings of one source, at their place in the order of precedence. */
export interface ScopeLink {
  /** Path of the file, or a word for settings that come from none. */
  readonly source: string;
  /** What paths in the settings are relative to. */
  readonly folder: string;
  /** What globs in the settings are relative to. */
  readonly globFolder: string;
  readonly settings: ConfigSettings;
  readonly overrideIndex: readonly number[];
}

/** All files that share one nearest config file. */
export interface ConfigScope {
  for(path: string): ResolvedConfig;
}

/** Puts links together, weakest first. Files to which the same parts apply share one resolved config. */
export function configScope(
  links: readonly ScopeLink[],
  rules: readonly RegisteredRule[],
  only: Selection | undefined,
): ConfigScope {
  const layers = links.flatMap(layersOf);
  const shared = {
    providers: collectProviders(links),
    gateways: collectGateways(links),
    // The strongest file that has `include` decides alone; what any file excludes stays out.
    include: globLists(links, 'include', (settings) => settings.include).at(-1),
    exclude: globLists(links, 'exclude', (settings) => settings.exclude),
    maxFileSize: maxFileSize(links),
  };
  const isIncluded = shared.include === undefined ? () => true : globMatcher(shared.include);
  const isExcluded = anyOf(shared.exclude);
  const isChecklist = anyOf(globLists(links, 'checklist.include', (settings) => settings.checklist?.include));
  const isNoChecklist = anyOf(globLists(links, 'checklist.exclude', (settings) => settings.checklist?.exclude));

  const variants = new Map<string, ResolvedConfig>();
  return {
    for(path) {
      const excluded = !isIncluded(path) || isExcluded(path);
      const checklist = isNoChecklist(path) ? 'excluded' : isChecklist(path) ? 'included' : undefined;
      const applies = layers.map((layer) => layer.matches?.(path) ?? true);
      const key = `${excluded} ${checklist} ${applies.join()}`;
      const known = variants.get(key);
      if (known !== undefined) return known;
      const states = ruleStates(
        rules,
        layers.filter((_, index) => applies[index] === true),
      );
      const made = resolvedConfig({ ...shared, states: select(states, rules, only), excluded, checklist });
      variants.set(key, made);
      return made;
    },
  };
}

function layersOf({ source, globFolder, settings, overrideIndex }: ScopeLink): readonly Layer[] {
  const overrides = (settings.overrides ?? []).map((override, index): Layer => {
    const matches = globMatcher({ folder: globFolder, patterns: override.files });
    return { source, at: `overrides[${overrideIndex[index] ?? index}].`, settings: override, matches };
  });
  return [{ source, at: '', settings, matches: undefined }, ...overrides];
}

function globLists(
  links: readonly ScopeLink[],
  at: string,
  patternsOf: (settings: ConfigSettings) => readonly string[] | undefined,
): readonly SourcedGlobs[] {
  return links.flatMap(({ source, globFolder, settings }) => {
    const patterns = patternsOf(settings);
    return patterns === undefined ? [] : [{ folder: globFolder, patterns, origin: { source, at } }];
  });
}

function anyOf(lists: readonly GlobList[]): (path: string) => boolean {
  const matchers = lists.map(globMatcher);
  return (path) => matchers.some((matches) => matches(path));
}

function maxFileSize(links: readonly ScopeLink[]): { readonly value: number; readonly origin: ConfigOrigin } {
  for (const { source, settings } of links.toReversed()) {
    const value = settings.budgets?.maxFileSize;
    if (value !== undefined) return { value, origin: { source, at: 'budgets.maxFileSize' } };
  }
  return { value: DEFAULT_MAX_FILE_SIZE, origin: { source: 'default', at: '' } };
}

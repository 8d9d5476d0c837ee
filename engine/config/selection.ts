import type { RegisteredRule } from '../api/rule.ts';
import type { RuleState } from './layers.ts';
import type { ConfigOrigin } from './types.ts';

/** Rules to run in a one-off run: those named are on whatever the files say, those of the categories as configured. */
export interface Selection {
  readonly rules: readonly string[];
  readonly categories: readonly string[];
}

const SELECTED: ConfigOrigin = { source: 'selection', at: '' };

/** Switches everything off that is not selected. */
export function select(
  states: ReadonlyMap<string, RuleState>,
  rules: readonly RegisteredRule[],
  only: Selection | undefined,
): ReadonlyMap<string, RuleState> {
  if (only === undefined) return states;
  return new Map(
    rules.flatMap((rule) => {
      const state = states.get(rule.id);
      if (state === undefined) return [];
      const named = only.rules.includes(rule.id);
      if (!named && only.categories.includes(rule.category)) return [[rule.id, state] as const];
      return [[rule.id, { ...state, enabled: named, enabledBy: SELECTED }] as const];
    }),
  );
}

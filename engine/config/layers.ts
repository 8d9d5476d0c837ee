import type { Priority } from '../api/finding.ts';
import type { RegisteredRule } from '../api/rule.ts';
import { type Overridable, type RuleSetting, settingOf } from './schema.ts';
import type { ConfigOrigin } from './types.ts';

/** Settings from one place, for all files or for those that match. */
export interface Layer {
  readonly source: string;
  /** JSON path of the settings in the source with a trailing dot, e.g. `overrides[1].`; empty at the top. */
  readonly at: string;
  readonly settings: Overridable;
  /** `undefined`: applies to every file. */
  readonly matches: ((path: string) => boolean) | undefined;
}

/** What the layers made of one rule, with the place that decided each part. */
export interface RuleState {
  enabled: boolean;
  enabledBy: ConfigOrigin;
  priority: Priority | undefined;
  priorityBy: ConfigOrigin;
  options: unknown;
  optionsBy: ConfigOrigin;
}

const DEFAULT: ConfigOrigin = { source: 'default', at: '' };

/** Applies layers in order; within one, a rule's own setting beats its category's. */
export function ruleStates(rules: readonly RegisteredRule[], layers: readonly Layer[]): ReadonlyMap<string, RuleState> {
  const states = new Map<string, RuleState>();
  for (const rule of rules) {
    const defaultOn = rule.meta.enabled !== false;
    const state: RuleState = {
      enabled: defaultOn,
      enabledBy: DEFAULT,
      priority: undefined,
      priorityBy: DEFAULT,
      options: rule.options.safeParse({}).data,
      optionsBy: DEFAULT,
    };
    for (const { source, at, settings } of layers) {
      const ofCategory = settings.categories?.[rule.category];
      if (ofCategory !== undefined) {
        const setting = settingOf(ofCategory);
        const origin = { source, at: `${at}categories.${rule.category}` };
        // A whole category never switches on what is off for want of precision.
        apply(state, setting.enabled === true && !defaultOn ? { ...setting, enabled: undefined } : setting, origin);
      }
      const ofRule = settings.rules?.[rule.id];
      if (ofRule !== undefined) apply(state, settingOf(ofRule), { source, at: `${at}rules.${rule.id}` });
    }
    states.set(rule.id, state);
  }
  return states;
}

function apply(state: RuleState, setting: RuleSetting, origin: ConfigOrigin): void {
  if (setting.enabled !== undefined) {
    state.enabled = setting.enabled;
    state.enabledBy = origin;
  }
  if (setting.priority !== undefined) {
    state.priority = setting.priority;
    state.priorityBy = origin;
  }
  if (setting.options !== undefined) {
    state.options = setting.options;
    state.optionsBy = { source: origin.source, at: `${origin.at}.options` };
  }
}

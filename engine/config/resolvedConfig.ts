import type { DeclaredGateway } from './gateways.ts';
import type { SourcedGlobs } from './globs.ts';
import type { RuleState } from './layers.ts';
import type { Providers } from './providers.ts';

import { hashText, stableText } from './stableHash.ts';
import type { ConfigOrigin, ResolvedConfig } from './types.ts';

/** Everything that was decided for a group of files. */
export interface Decided {
  readonly states: ReadonlyMap<string, RuleState>;
  readonly providers: Providers;
  readonly gateways: readonly DeclaredGateway[];
  readonly maxFileSize: { readonly value: number; readonly origin: ConfigOrigin };
  readonly include: SourcedGlobs | undefined;
  readonly exclude: readonly SourcedGlobs[];
  readonly excluded: boolean;
  readonly checklist: ResolvedConfig['checklist'];
}

const NO_REFERENCES: ReadonlySet<string> = new Set();

/** The decisions as rules and the engine ask for them. */
export function resolvedConfig(decided: Decided): ResolvedConfig {
  const { states, providers, gateways, maxFileSize, excluded, checklist } = decided;
  return {
    hash: hashOf(decided),
    excluded,
    checklist,
    maxFileSize: maxFileSize.value,
    rule(id) {
      const state = states.get(id);
      return state?.enabled === true ? { priority: state.priority, options: state.options } : undefined;
    },
    providers: (role) => providers.get(role)?.references ?? NO_REFERENCES,
    gatewaysBefore: (path) => gateways.filter(({ isBefore }) => isBefore(path)),
    explain: () => explain(decided),
  };
}

function hashOf({ states, providers, gateways, maxFileSize, excluded, checklist }: Decided): string {
  const rules = [...states].flatMap(([id, state]) => (state.enabled ? [[id, state.priority, state.options]] : []));
  const roles = [...providers].map(([role, { references }]) => [role, [...references].sort()]);
  const before = gateways.map(({ name, apps, does, origin }) => [name, apps ?? null, [...does].sort(), origin.source]);
  return hashText(stableText([rules, roles, before, maxFileSize.value, excluded, checklist ?? null]));
}

function explain(decided: Decided): ReturnType<ResolvedConfig['explain']> {
  const { include, exclude, maxFileSize, providers, gateways, states } = decided;
  const settings = [...(include === undefined ? [] : [include]), ...exclude].map(({ patterns, origin }) => ({
    setting: origin.at,
    value: patterns,
    origin,
  }));
  const roles = [...providers].map(([role, { references, origin }]) => ({
    setting: `providers.${role}`,
    value: [...references],
    origin,
  }));
  const before = gateways.map(({ name, apps, does, origin }) => ({
    setting: origin.at,
    value: { name, ...(apps !== undefined && { apps }), does: [...does] },
    origin,
  }));
  const rules = [...states].flatMap(([id, state]) => [
    { setting: `rules.${id}`, value: state.enabled ? 'on' : 'off', origin: state.enabledBy },
    ...(state.enabled && state.priority !== undefined
      ? [{ setting: `rules.${id}.priority`, value: state.priority, origin: state.priorityBy }]
      : []),
    ...(state.enabled && state.optionsBy.source !== 'default'
      ? [{ setting: `rules.${id}.options`, value: state.options, origin: state.optionsBy }]
      : []),
  ]);
  return [
    ...settings,
    { setting: 'budgets.maxFileSize', value: maxFileSize.value, origin: maxFileSize.origin },
    ...roles,
    ...before,
    ...rules,
  ];
}

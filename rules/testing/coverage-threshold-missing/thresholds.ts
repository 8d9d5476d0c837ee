import type { Span, ts } from '#api';
import { isValue, memberOf, type Setting } from '../../_shared/testing/setting.ts';

/** What coverage is counted in. */
export const METRICS = ['lines', 'statements', 'functions', 'branches'] as const;
/** One of {@link METRICS}. */
export type Metric = (typeof METRICS)[number];

/** Programs that hold tests to a threshold. */
export type Runner = 'Jest' | 'Vitest' | 'nyc' | 'c8';

/** A percentage that a run must reach. */
export interface Threshold {
  readonly metric: Metric;
  readonly value: number;
  /** Name and value together. */
  readonly place: ts.Node | Span;
}

/** What a configuration asks of coverage. */
export interface Bar {
  /** Runs fail below something, or what is asked cannot be told. */
  readonly isSet: boolean;
  readonly thresholds: readonly Threshold[];
}

const NONE: Bar = { isSet: false, thresholds: [] };
const CANNOT_TELL: Bar = { isSet: true, thresholds: [] };

/** Reads a whole configuration of a runner. */
export function barIn(runner: Runner, config: Setting): Bar {
  if (runner === 'Jest') return jestBar(config);
  return runner === 'Vitest' ? vitestBar(config) : istanbulBar(config);
}

function jestBar(config: Setting): Bar {
  const all = memberOf(config, 'coverageThreshold')?.value;
  if (all === undefined) return NONE;
  if (all.kind !== 'object' || all.isOpen) return CANNOT_TELL;
  const global = memberOf(all, 'global')?.value;
  if (global === undefined) return { isSet: all.members.size > 0, thresholds: [] };
  const thresholds = thresholdsIn(global);
  const isEmpty = global.kind === 'object' && !global.isOpen && global.members.size === 0;
  return { isSet: !isEmpty || all.members.size > 1, thresholds };
}

/** Since version 1 they stand in `thresholds`, before beside the other options of coverage. */
function vitestBar(config: Setting): Bar {
  const tests = memberOf(config, 'test')?.value;
  if (tests === undefined) return NONE;
  if (tests.kind !== 'object') return CANNOT_TELL;
  const coverage = memberOf(tests, 'coverage')?.value;
  if (coverage === undefined) return tests.isOpen ? CANNOT_TELL : NONE;
  if (coverage.kind !== 'object' || coverage.isOpen) return CANNOT_TELL;
  const nested = memberOf(coverage, 'thresholds')?.value;
  const asked = nested ?? coverage;
  if (asked.kind !== 'object' || asked.isOpen) return CANNOT_TELL;
  if (isFull(asked)) return CANNOT_TELL;
  const thresholds = thresholdsIn(asked);
  const isSet = nested === undefined ? METRICS.some((name) => asked.members.has(name)) : asks(asked);
  return { isSet, thresholds };
}

/** Names that say how thresholds are kept, not what they are. */
function asks(thresholds: Setting): boolean {
  if (thresholds.kind !== 'object') return false;
  return [...thresholds.members.keys()].some((name) => name !== 'perFile' && name !== 'autoUpdate');
}

function isFull(thresholds: Setting): boolean {
  const all = memberOf(thresholds, '100')?.value;
  return all !== undefined && isValue(all, true);
}

/** nyc and c8: nothing is checked unless `check-coverage` is on. */
function istanbulBar(config: Setting): Bar {
  const checks = (memberOf(config, 'check-coverage') ?? memberOf(config, 'checkCoverage'))?.value;
  if (checks === undefined) return isFull(config) ? CANNOT_TELL : NONE;
  if (checks.kind === 'value') return checks.value === true ? { isSet: true, thresholds: thresholdsIn(config) } : NONE;
  return CANNOT_TELL;
}

function thresholdsIn(object: Setting): readonly Threshold[] {
  return METRICS.flatMap((metric) => {
    const member = memberOf(object, metric);
    if (member?.value.kind !== 'value' || typeof member.value.value !== 'number') return [];
    return [{ metric, value: member.value.value, place: member.place }];
  });
}

import assert from 'node:assert/strict';
import type { RegisteredRule } from '#api';
import type { Finding } from '#engine/api/finding.ts';
import { createConfiguration } from '#engine/config/configuration.ts';
import { createWorkspace } from '#engine/workspace/create.ts';
import type { Lane, LaneResult, Workspace } from '#engine/workspace/workspace.ts';
import { createMemoryHost, type MemoryHost } from '#host/memory.ts';
import { rules as shippedRules } from '#rules/index.generated.ts';

export const root = '/w';

/** Milliseconds of uninterrupted work after which an editor feels stuck. */
export const MAX_SLICE = 2_000;

/** Milliseconds between pauses, as the language server asks for. */
const BUDGET = 8;

const LANES: readonly Lane[] = ['syntax', 'types', 'project'];

/** A workspace with all shipped rules, in memory, under a scheduler that measures how long work goes on between pauses. */
export interface HostileWorkspace {
  readonly workspace: Workspace;
  readonly host: MemoryHost;
  /** Runs something and notes how long the longest stretch without a pause was. */
  timed<T>(what: string, work: () => T): T;
  /** Runs a lane to its end. `duringPause` is called at each pause. */
  run(path: string, lane: Lane, duringPause?: () => void): Promise<LaneResult | 'superseded'>;
  /** Runs every lane and returns what all of them say, after checking that each finding lies in the text. */
  check(path: string): Promise<readonly Finding[]>;
  /** The longest stretch so far. */
  readonly longest: { readonly what: string; readonly ms: number };
}

export interface HostileOptions {
  readonly rules?: readonly RegisteredRule[];
  readonly files?: Readonly<Record<string, string>>;
  /** In the shape of an airworthy.json. */
  readonly settings?: unknown;
}

/**
 * Milliseconds since it was made, without those in which the machine was busy with something else: tests run side by
 * side.
 */
function stopwatch(): () => number {
  const started = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return Math.min(performance.now() - started, (user + system) / 1000);
  };
}

export function hostileWorkspace({
  rules = shippedRules,
  files = {},
  settings,
}: HostileOptions = {}): HostileWorkspace {
  const host = createMemoryHost(files);
  const configuration = createConfiguration({ root, host, rules, settings });
  const workspace = createWorkspace({ root, rules, host, configuration });
  let longest = { what: 'nothing', ms: 0 };
  const note = (what: string, ms: number): void => {
    if (ms > longest.ms) longest = { what, ms };
  };

  const timed = <T>(what: string, work: () => T): T => {
    const started = stopwatch();
    try {
      return work();
    } finally {
      note(what, started());
    }
  };

  const run = async (path: string, lane: Lane, duringPause?: () => void): Promise<LaneResult | 'superseded'> => {
    let since = stopwatch();
    const result = await workspace.analyze(path, lane, {
      budget: BUDGET,
      superseded: false,
      async pause() {
        note(`the ${lane} lane`, since());
        await new Promise<void>((resolve) => setImmediate(resolve));
        duringPause?.();
        since = stopwatch();
      },
    });
    note(`the ${lane} lane`, since());
    return result;
  };

  return {
    workspace,
    host,
    timed,
    run,
    async check(path) {
      for (const lane of LANES) assert.notEqual(await run(path, lane), 'superseded');
      const findings = timed('merging', () => workspace.findings(path));
      const { length } = workspace.text(path) ?? '';
      for (const { rule, start, end } of findings) {
        assert.ok(start >= 0 && start <= end && end <= length, `${rule} at ${start}-${end} of ${length}`);
      }
      return findings;
    },
    get longest() {
      return longest;
    },
  };
}

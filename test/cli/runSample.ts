import pc from 'picocolors';
import type { RegisteredRule } from '#api';
import { run } from '#cli/check/run.ts';
import { targetsOf } from '#cli/check/targets.ts';
import type { Report } from '#cli/report.ts';
import type { Terminal } from '#cli/terminal.ts';
import { sampleRules } from './sampleRules.ts';

export interface SampleOptions {
  readonly paths?: readonly string[];
  readonly fix?: boolean;
  /** Instead of the sample rules. */
  readonly rules?: readonly RegisteredRule[];
  readonly signal?: AbortSignal;
  onProgress?(text: string): void;
}

/** Runs `check` over a folder with the sample rules, as the command does with the real ones. */
export function runSample(cwd: string, options: SampleOptions = {}): Promise<Report> {
  return run(targetsOf(options.paths ?? [], cwd), {
    rules: options.rules ?? sampleRules,
    only: undefined,
    configFile: undefined,
    signal: options.signal ?? new AbortController().signal,
    progress: { update: (text) => options.onProgress?.(text), clear() {} },
    cwd,
    fix: options.fix ?? false,
    failOn: 'P1',
    toolVersion: '1.2.3',
  });
}

/** A terminal of a width, without colours. */
export function plainTerminal(width: number): Pick<Terminal, 'width' | 'colors'> {
  return { width, colors: pc.createColors(false) };
}

import pc from 'picocolors';

/** Where a command reads its surroundings and writes its answer. */
export interface Terminal {
  /** Absolute, in the platform's own form. */
  readonly cwd: string;
  /** Columns to wrap text at. */
  readonly width: number;
  /** Whether a person watches standard error. */
  readonly interactive: boolean;
  readonly colors: Colors;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  write(text: string): void;
  writeError(text: string): void;
}

export type Colors = ReturnType<typeof pc.createColors>;

/** The terminal of this process. `color` is what the arguments say; `undefined` lets the environment decide. */
export function processTerminal(color: boolean | undefined, signal: AbortSignal): Terminal {
  const { stdout, stderr, env } = process;
  return {
    cwd: process.cwd(),
    width: Math.max(40, Math.min(stdout.columns ?? (Number(env['COLUMNS']) || 100), 160)),
    interactive: stderr.isTTY === true && env['TERM'] !== 'dumb' && env['CI'] === undefined,
    colors: pc.createColors(color ?? wantsColor(env, stdout.isTTY === true)),
    signal,
    write: (text) => void stdout.write(text),
    writeError: (text) => void stderr.write(text),
  };
}

function wantsColor(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  // Both names are conventions that an empty value switches off again.
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] && env['FORCE_COLOR'] !== '0') return true;
  return isTerminal && env['TERM'] !== 'dumb';
}

import { spawn } from 'node:child_process';
import type { GateResult } from '#engine/checklist/view.ts';

export interface GateOptions {
  readonly cwd: string;
  readonly timeoutMs: number;
  /** Of what the results are about. */
  readonly commit: string;
  readonly signal: AbortSignal;
}

/** How long a command may take to end after it was asked to. */
const GRACE_MS = 2_000;

/**
 * Runs a gate's command in a shell, as the document has it, and waits for its end. What it writes is thrown away: its exit
 * code is the answer. When it takes too long, it and all it started are ended. Never throws.
 */
export function runGate(command: string, { cwd, timeoutMs, commit, signal }: GateOptions): Promise<GateResult> {
  const result = (exitCode: number | undefined, problem: string): GateResult => ({
    command,
    exitCode,
    problem,
    at: new Date().toISOString(),
    commit,
  });
  return new Promise((resolve) => {
    // A group of its own, so that what the shell started can be ended with it.
    const detached = process.platform !== 'win32';
    const child = spawn(command, { cwd, shell: true, stdio: 'ignore', detached });
    let ended = '';
    let grace: NodeJS.Timeout | undefined;
    const kill = (how: NodeJS.Signals): void => {
      try {
        if (detached && child.pid !== undefined) process.kill(-child.pid, how);
        else child.kill(how);
      } catch {
        // It ended by itself meanwhile.
      }
    };
    const end = (why: string): void => {
      if (ended !== '') return;
      ended = why;
      kill('SIGTERM');
      grace = setTimeout(() => kill('SIGKILL'), GRACE_MS);
    };
    const timeout = setTimeout(() => end(`it took longer than ${timeoutMs / 1000} seconds`), timeoutMs);
    const interrupt = () => end('it was interrupted');
    signal.addEventListener('abort', interrupt, { once: true });
    const finish = (exitCode: number | undefined, problem: string): void => {
      clearTimeout(timeout);
      clearTimeout(grace);
      signal.removeEventListener('abort', interrupt);
      resolve(result(exitCode, problem));
    };
    child.on('error', (error) => finish(undefined, `it could not be started: ${error.message}`));
    child.on('close', (code, by) => {
      if (ended !== '') finish(undefined, ended);
      else if (code === null) finish(undefined, `it was ended by ${by}`);
      else finish(code, '');
    });
  });
}

import type { Arguments, CommandSpec } from './args.ts';
import type { Terminal } from './terminal.ts';

/** A subcommand: how it is called and what it does. */
export interface Command {
  readonly spec: CommandSpec;
  /** Answers the exit code; `undefined` when the process goes on by itself, as a server does. */
  run(args: Arguments, terminal: Terminal): Promise<number | undefined>;
}

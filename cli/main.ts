import { didYouMean } from '#engine/config/closest.ts';
import { diskHost } from '#host/disk.ts';
import { toEnginePath } from '#host/paths.ts';
import { readArguments } from './args.ts';
import type { Command } from './command.ts';
import { check } from './commands/check.ts';
import { checklist } from './commands/checklist.ts';
import { config } from './commands/config.ts';
import { explain } from './commands/explain.ts';
import { init } from './commands/init.ts';
import { lsp } from './commands/lsp.ts';
import { report } from './commands/report.ts';
import { rules } from './commands/rules.ts';
import { exitCode } from './exitCodes.ts';
import { commandHelp, programHelp } from './help.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { UsageError } from './usageError.ts';
import { version } from './version.ts';

const commands: readonly Command[] = [check, checklist, init, report, explain, rules, config, lsp];

async function main(argv: readonly string[], terminal: Terminal): Promise<number | undefined> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || (name === 'help' && rest.length === 0)) {
    terminal.write(
      programHelp(
        commands.map(({ spec }) => spec),
        terminal,
      ),
    );
    return exitCode.clean;
  }
  if (name === '--version' || name === '-v') {
    terminal.write(`${version}\n`);
    return exitCode.clean;
  }
  if (name === 'help') return main([...rest, '--help'], terminal);
  const command = commands.find(({ spec }) => spec.name === name);
  if (command === undefined) throw unknownCommand(name, terminal.cwd);
  const args = readArguments(command.spec, rest);
  if (args.has('help')) {
    terminal.write(commandHelp(command.spec, terminal));
    return exitCode.clean;
  }
  return command.run(args, terminal);
}

function unknownCommand(name: string, cwd: string): UsageError {
  const path = toEnginePath(name, cwd);
  const hint =
    diskHost.isFile(path) || diskHost.isFolder(path)
      ? ` To analyse it, run "airworthy check ${name}".`
      : didYouMean(
          name,
          commands.map(({ spec }) => spec.name),
        );
  return new UsageError(`There is no command "${name}".${hint} Run "airworthy --help" to see all.`);
}

/** What `--color` and `--no-color` say, wherever they stand; the last one counts. */
function colorFlag(argv: readonly string[]): boolean | undefined {
  const flag = argv.findLast((arg) => arg === '--color' || arg === '--no-color');
  return flag === undefined ? undefined : flag === '--color';
}

function failed(error: unknown, terminal: Terminal): number {
  if (terminal.signal.aborted) return exitCode.interrupted;
  if (error instanceof UsageError) {
    terminal.writeError(`${terminal.colors.red('Error:')} ${error.message}\n`);
    return exitCode.usage;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.writeError(`Airworthy ${version} failed unexpectedly. Please report this with what follows.\n${detail}\n`);
  return exitCode.internal;
}

// Whoever reads our output may stop early, as `head` does: that is no error, and the exit code still has to be right.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const argv = process.argv.slice(2);
const interrupt = new AbortController();
// The first Ctrl-C ends the work at its next pause, after any file being written is whole; a second one ends it at once.
if (argv[0] !== 'lsp') {
  process.once('SIGINT', () => interrupt.abort(new Error('Interrupted')));
  process.once('SIGTERM', () => interrupt.abort(new Error('Terminated')));
}
const terminal = processTerminal(colorFlag(argv), interrupt.signal);

main(argv, terminal)
  .catch((error: unknown) => failed(error, terminal))
  .then((code) => {
    // Not process.exit: output that is still on its way to a pipe would be lost.
    if (code !== undefined) process.exitCode = code;
  });

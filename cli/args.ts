import { parseArgs } from 'node:util';
import { didYouMean } from '#engine/config/closest.ts';
import { UsageError } from './usageError.ts';

/** One option of a command, as its help shows it. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** May be given several times; a comma separates values as well. */
  readonly multiple?: boolean;
  /** Stands for the value in help: `--format <name>`. */
  readonly value?: string;
  /** The values it takes; anything else is refused. */
  readonly choices?: readonly string[];
  readonly help: string;
}

export interface CommandSpec {
  readonly name: string;
  /** What follows the name in the usage line. */
  readonly usage: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** How many positional arguments it takes at most. */
  readonly positionals: number;
  /** Lines below the options in help. */
  readonly notes?: readonly string[];
}

/** Arguments of a command after validation. */
export interface Arguments {
  readonly positionals: readonly string[];
  has(name: string): boolean;
  /** Value of an option that is given once; the last one counts. */
  value(name: string): string | undefined;
  /** Values of an option that may be given several times. */
  values(name: string): readonly string[];
}

/** Options that every command knows. */
export const commonOptions: Readonly<Record<string, OptionSpec>> = {
  help: { type: 'boolean', short: 'h', help: 'Shows this help.' },
  color: { type: 'boolean', help: 'Colours the output even when it is not a terminal.' },
  'no-color': { type: 'boolean', help: 'Does not colour the output. NO_COLOR in the environment does the same.' },
};

/** Reads the arguments behind a command's name. Throws {@link UsageError} with a hint for anything it does not know. */
export function readArguments(spec: CommandSpec, args: readonly string[]): Arguments {
  const options = { ...spec.options, ...commonOptions };
  // Not strict: its messages cannot say what was meant. The tokens are checked here instead.
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(options).map(([name, { type, short }]) => [name, { type, ...(short !== undefined && { short }) }]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) {
      const known = Object.keys(options).map((name) => `--${name}`);
      throw new UsageError(
        `"airworthy ${spec.name}" has no option ${token.rawName}.${didYouMean(token.rawName, known)} Run "airworthy ${spec.name} --help" to see all.`,
      );
    }
    const given = values.get(token.name) ?? [];
    values.set(token.name, [...given, ...optionValues(token.rawName, option, token.value)]);
  }
  if (positionals.length > spec.positionals) {
    throw new UsageError(
      `"airworthy ${spec.name}" does not take "${positionals[spec.positionals]}". Usage: ${usageOf(spec)}`,
    );
  }
  return {
    positionals,
    has: (name) => values.has(name),
    value: (name) => values.get(name)?.at(-1),
    values: (name) => values.get(name) ?? [],
  };
}

function optionValues(rawName: string, option: OptionSpec, value: string | undefined): readonly string[] {
  if (option.type === 'boolean') {
    if (value !== undefined) throw new UsageError(`${rawName} does not take a value.`);
    return [''];
  }
  if (value === undefined || value === '' || value.startsWith('--')) {
    throw new UsageError(`${rawName} needs a value: ${rawName} <${option.value ?? 'value'}>.`);
  }
  const values = option.multiple === true ? value.split(',').filter((part) => part !== '') : [value];
  const { choices } = option;
  for (const one of values) {
    if (choices !== undefined && !choices.includes(one)) {
      throw new UsageError(
        `${rawName} does not know "${one}".${didYouMean(one, choices) || ` Choose one of: ${choices.join(', ')}.`}`,
      );
    }
  }
  return values;
}

export function usageOf(spec: CommandSpec): string {
  return `airworthy ${spec.name} ${spec.usage}`.trimEnd();
}

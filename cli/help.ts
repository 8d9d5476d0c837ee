import { type CommandSpec, commonOptions, type OptionSpec, usageOf } from './args.ts';
import { wrap } from './reporters/wrap.ts';
import type { Terminal } from './terminal.ts';

/** Help of the whole program. */
export function programHelp(specs: readonly CommandSpec[], { colors, width }: Terminal): string {
  const names = specs.map((spec) => [usageOf(spec).replace('airworthy ', ''), spec.summary] as const);
  return [
    'Airworthy tells whether a TypeScript service is fit for production.',
    '',
    colors.bold('Commands'),
    ...columns(names, width),
    '',
    colors.bold('Options'),
    ...columns(
      [
        ['--help, -h', 'Shows this help, or that of a command.'],
        ['--version', 'Shows the version.'],
      ],
      width,
    ),
    '',
    'Run "airworthy <command> --help" for the options of a command.',
    '',
  ].join('\n');
}

/** Help of one command. */
export function commandHelp(spec: CommandSpec, { colors, width }: Terminal): string {
  const options = Object.entries({ ...spec.options, ...commonOptions });
  return [
    ...wrap(spec.summary, width),
    '',
    `${colors.bold('Usage')}  ${usageOf(spec)}`,
    '',
    colors.bold('Options'),
    ...columns(
      options.map(([name, option]) => [optionName(name, option), optionHelp(option)]),
      width,
    ),
    ...(spec.notes === undefined ? [] : ['', ...spec.notes]),
    '',
  ].join('\n');
}

function optionName(name: string, option: OptionSpec): string {
  const value = option.type === 'string' ? ` <${option.value ?? 'value'}>` : '';
  return `--${name}${value}${option.short === undefined ? '' : `, -${option.short}`}`;
}

function optionHelp(option: OptionSpec): string {
  return option.choices === undefined ? option.help : `${option.help} One of: ${option.choices.join(', ')}.`;
}

/** Two columns: the left ones aligned, the right ones wrapped. */
function columns(rows: readonly (readonly [string, string])[], width: number): readonly string[] {
  const left = Math.min(34, Math.max(...rows.map(([name]) => name.length)));
  const gap = ' '.repeat(left + 4);
  return rows.flatMap(([name, text]) => {
    const [first = '', ...rest] = wrap(text, Math.max(30, width - gap.length));
    const head = name.length > left ? [`  ${name}`, gap + first] : [`  ${name.padEnd(left)}  ${first}`];
    return [...head, ...rest.map((line) => gap + line)];
  });
}

import type { Priority } from '#engine/api/finding.ts';
import { categoryNames } from '#engine/config/schema.ts';
import { rules } from '#rules/index.generated.ts';
import type { Arguments } from '../args.ts';
import { run } from '../check/run.ts';
import { targetsOf } from '../check/targets.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exitCodes.ts';
import { knownRule } from '../knownRule.ts';
import { namedConfig } from '../namedPaths.ts';
import { progress } from '../progress.ts';
import type { Report } from '../report.ts';
import { formats, reporters } from '../reporters/index.ts';
import { version } from '../version.ts';

const PRIORITIES = ['P0', 'P1', 'P2', 'P3'] as const satisfies readonly Priority[];

export const check: Command = {
  spec: {
    name: 'check',
    usage: '[paths...] [options]',
    summary:
      'Analyses files and folders, the current folder when none is named, and reports what is not ready for production.',
    positionals: Number.POSITIVE_INFINITY,
    options: {
      format: { type: 'string', value: 'name', choices: formats, help: 'How to write the report; pretty by default.' },
      fix: { type: 'boolean', help: 'Applies all safe fixes, then reports what is left.' },
      rule: {
        type: 'string',
        value: 'id',
        multiple: true,
        help: 'Runs this rule, even if it is off. May be repeated.',
      },
      category: {
        type: 'string',
        value: 'name',
        multiple: true,
        choices: categoryNames,
        help: 'Runs the rules of this category that are on. May be repeated.',
      },
      'fail-on': {
        type: 'string',
        value: 'priority',
        choices: [...PRIORITIES, 'never'],
        help: 'Fails when there is a finding of this priority or higher; P1 by default.',
      },
      config: { type: 'string', value: 'file', help: 'Uses this file instead of the nearest airworthy.json.' },
    },
    notes: [
      'Exit codes',
      '  0  nothing found at or above --fail-on',
      '  1  findings at or above --fail-on',
      '  2  wrong arguments, or mistakes in an airworthy.json',
      '  3  a defect in Airworthy',
      '  4  nothing found, but not everything could be analysed',
    ],
  },

  async run(args, terminal) {
    const line = progress(terminal);
    try {
      const report = await run(targetsOf(args.positionals, terminal.cwd), {
        rules,
        only: selection(args),
        configFile: namedConfig(args, terminal.cwd),
        signal: terminal.signal,
        progress: line,
        cwd: terminal.cwd,
        fix: args.has('fix'),
        failOn: failOn(args),
        toolVersion: version,
      });
      line.clear();
      const format = formats.find((name) => name === args.value('format')) ?? 'pretty';
      terminal.write(reporters[format](report, terminal));
      // The machine formats have no place for what is not about code, and it must not get lost.
      if (format !== 'pretty') terminal.writeError(notes(report));
      return codeOf(report);
    } finally {
      line.clear();
    }
  },
};

function selection(args: Arguments) {
  if (!args.has('rule') && !args.has('category')) return undefined;
  return { rules: args.values('rule').map((id) => knownRule(id, rules).id), categories: args.values('category') };
}

function failOn(args: Arguments): Priority | undefined {
  const given = args.value('fail-on') ?? 'P1';
  return PRIORITIES.find((priority) => priority === given);
}

function notes({ configProblems, troubles }: Report): string {
  return [
    ...configProblems.map(({ path, line, column, message }) => `${path}:${line}:${column}: ${message}\n`),
    ...troubles.map(({ path, message }) => `${path}: ${message}\n`),
  ].join('');
}

function codeOf({ findings, configProblems, troubles, failOn: gate }: Report): number {
  if (configProblems.length > 0) return exitCode.usage;
  if (gate !== undefined && findings.some(({ priority }) => priority <= gate)) return exitCode.failed;
  return troubles.length > 0 ? exitCode.partial : exitCode.clean;
}

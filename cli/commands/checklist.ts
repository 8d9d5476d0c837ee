import { RECORD_FILE } from '#engine/checklist/judging/records.ts';
import type { ChecklistView, JudgedItem } from '#engine/checklist/view.ts';
import { rules } from '#rules/index.generated.ts';
import type { Arguments } from '../args.ts';
import { type OpenProject, openProject } from '../check/openProject.ts';
import { createPlaces } from '../check/places.ts';
import { checklistJson } from '../checklist/json.ts';
import { judge } from '../checklist/judged.ts';
import { checklistPretty } from '../checklist/pretty.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exitCodes.ts';
import { namedConfig, namedFolder } from '../namedPaths.ts';
import { progress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usageError.ts';

const DEFAULT_GATE_TIMEOUT = 600;

/** What makes the command fail. */
const GATES = ['broken', 'blockers', 'never'] as const;
type Gate = (typeof GATES)[number];

export const checklist: Command = {
  spec: {
    name: 'checklist',
    usage: '[folder] [options]',
    summary: 'Holds the readiness checklists of a project against its code, and says which of their claims are true.',
    positionals: 1,
    options: {
      format: { type: 'string', value: 'name', choices: ['pretty', 'json'], help: 'How to write the tree.' },
      all: { type: 'boolean', help: 'Shows verified items and lists that do not count as well.' },
      record: {
        type: 'boolean',
        help: `Remembers in ${RECORD_FILE} what is verified now, so that it is a regression when it comes back. Commit that file.`,
      },
      'run-gates': {
        type: 'boolean',
        help: 'Runs the commands that items name as their gates, in a shell, one after the other. Only in projects you trust.',
      },
      'gate-timeout': {
        type: 'string',
        value: 'seconds',
        help: `How long each gate may take; ${DEFAULT_GATE_TIMEOUT} by default.`,
      },
      'fail-on': {
        type: 'string',
        value: 'what',
        choices: GATES,
        help: 'Fails for contradicted or regressed items (broken, the default), for open P0 items as well (blockers), or never.',
      },
      config: { type: 'string', value: 'file', help: 'Uses this file instead of the nearest airworthy.json.' },
    },
    notes: [
      'Exit codes',
      '  0  no claim is broken',
      '  1  a claim is broken, or --fail-on blockers found one',
      `  2  wrong arguments, or mistakes in an airworthy.json or ${RECORD_FILE}`,
      '  3  a defect in Airworthy',
      '  4  no claim is broken, but not everything could be analysed',
    ],
  },

  async run(args, terminal) {
    const failOn = GATES.find((gate) => gate === args.value('fail-on')) ?? 'broken';
    const gateTimeout = timeoutOf(args);
    const root = namedFolder(args, terminal.cwd);
    const line = progress(terminal);
    const signal = terminal.signal;
    const configFile = namedConfig(args, terminal.cwd);
    const project = await openProject(
      { root, files: [], folders: [root] },
      { rules, only: undefined, configFile, signal, progress: line },
    );
    try {
      const { view, notRecorded, recordNote } = await judge(project, {
        signal,
        progress: line,
        gateTimeout,
        record: args.has('record'),
        onGate: (command) => terminal.writeError(`Running ${JSON.stringify(command)}\n`),
      });
      line.clear();
      const isJson = args.value('format') === 'json';
      terminal.write(
        isJson ? checklistJson(view, root) : checklistPretty(view, { root, all: args.has('all') }, terminal),
      );
      if (recordNote !== undefined) terminal.writeError(`${recordNote}\n`);
      const mistakes = writeNotes(project, view, notRecorded, terminal);
      return codeOf(project, view, failOn, mistakes);
    } finally {
      line.clear();
      project.workspace.dispose();
    }
  },
};

function timeoutOf(args: Arguments): number | undefined {
  const given = args.value('gate-timeout');
  const seconds = given === undefined ? DEFAULT_GATE_TIMEOUT : Number(given);
  if (!(seconds > 0 && seconds <= 86_400)) {
    throw new UsageError('--gate-timeout takes a number of seconds, at most 86400.');
  }
  return args.has('run-gates') ? seconds * 1000 : undefined;
}

/** Writes what is wrong with the project's own files; true when anything is. */
function writeNotes(
  { workspace }: OpenProject,
  { recordProblems }: ChecklistView,
  notRecorded: string | undefined,
  terminal: Terminal,
): boolean {
  const places = createPlaces(terminal.cwd, (path) => workspace.text(path));
  const configProblems = workspace.configProblems().map(({ path, span, message }) => {
    const { path: shown, line, column } = places.place(path, span);
    return `${shown}:${line}:${column}: ${message}\n`;
  });
  const record = places.relative(`${workspace.root}/${RECORD_FILE}`);
  const records = recordProblems.map(({ line, message }) => `${record}:${line}:1: ${message}\n`);
  const failures = workspace.failures().map(({ rule, path }) => `${places.relative(path)}: the rule ${rule} failed.\n`);
  const refusals = notRecorded === undefined ? [] : [`${notRecorded}\n`];
  for (const note of [...configProblems, ...records, ...failures, ...refusals]) terminal.writeError(note);
  return configProblems.length + records.length + refusals.length > 0;
}

function codeOf({ workspace }: OpenProject, view: ChecklistView, failOn: Gate, mistakes: boolean): number {
  if (mistakes) return exitCode.usage;
  const counted = view.documents.filter(({ counted }) => counted);
  const isBroken = counted.some(({ items }) => items.some(breaksPromise));
  if (failOn !== 'never' && isBroken) return exitCode.failed;
  if (failOn === 'blockers' && view.blockers.length > 0) return exitCode.failed;
  return workspace.failures().length > 0 ? exitCode.partial : exitCode.clean;
}

/** A claim that the code denies, also one whose waiver ran out. */
function breaksPromise({ verdict, beneath }: JudgedItem): boolean {
  const broken = verdict === 'expired' ? beneath : verdict;
  return broken === 'contradicted' || broken === 'regressed';
}

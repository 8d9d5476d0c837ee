import { basename, dirname, relative } from 'node:path';
import { diskHost } from '#host/disk.ts';
import { toEnginePath } from '#host/paths.ts';
import { createText, replaceText } from '#host/writeText.ts';
import { HISTORY_FILE } from '#report/history.ts';
import type { ReportFormat } from '#report/index.ts';
import { rules } from '#rules/index.generated.ts';
import type { Arguments } from '../args.ts';
import { analyze } from '../check/analyze.ts';
import { collect } from '../check/collect.ts';
import { openProject } from '../check/openProject.ts';
import { compareFindings, countByPriority } from '../check/order.ts';
import { createPlaces } from '../check/places.ts';
import { CHANGED, checkedOut } from '../checklist/checkedOut.ts';
import { history } from '../checklist/history.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exitCodes.ts';
import { namedConfig, namedFolder } from '../namedPaths.ts';
import { progress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usageError.ts';
import { version } from '../version.ts';

const FORMATS = ['html', 'markdown', 'json'] as const satisfies readonly ReportFormat[];
const DEFAULT_FILE = 'readiness-report.html';

export const report: Command = {
  spec: {
    name: 'report',
    usage: '[folder] [options]',
    summary:
      'Writes how ready a project is: blockers, score by category, checklist items with their evidence, findings by rule and over time.',
    positionals: 1,
    options: {
      format: { type: 'string', value: 'name', choices: FORMATS, help: 'How to write the report; html by default.' },
      output: {
        type: 'string',
        short: 'o',
        value: 'file',
        help: `Where to write it: ${DEFAULT_FILE} for html and standard output for the others, unless set; - is standard output.`,
      },
      record: { type: 'boolean', help: `Adds this run to ${HISTORY_FILE}, so that reports show changes over time.` },
      config: { type: 'string', value: 'file', help: 'Uses this file instead of the nearest airworthy.json.' },
    },
    notes: [
      'Exit codes',
      '  0  the report is written, whatever it says',
      `  2  wrong arguments, mistakes in an airworthy.json or ${HISTORY_FILE}, or a file that could not be written`,
      '  3  a defect in Airworthy',
      '  4  the report is written, but not everything could be analysed',
    ],
  },

  async run(args, terminal) {
    const root = namedFolder(args, terminal.cwd);
    const line = progress(terminal);
    const { signal } = terminal;
    const project = await openProject(
      { root, files: [], folders: [root] },
      { rules, only: undefined, configFile: namedConfig(args, terminal.cwd), signal, progress: line },
    );
    try {
      await analyze(project, signal, line);
      line.update('Writing the report');
      const { workspace } = project;
      const places = createPlaces(root, (path) => workspace.text(path));
      const collected = await collect(project, places);
      const view = workspace.checklist();
      const findings = [...collected.findings].sort(compareFindings);
      const at = new Date().toISOString();
      const { commit, isChanged } = await checkedOut(root);
      const { summary } = view;
      const past = history(root, {
        add: args.has('record') && {
          at,
          commit,
          findings: countByPriority(findings),
          blockers: summary.blockers,
          counted: summary.counted,
          proven: summary.proven,
          percent: summary.percent ?? null,
        },
      });
      const mistakes = [
        ...collected.configProblems.map(({ path, line: at, column, message }) => `${path}:${at}:${column}: ${message}`),
        ...past.mistakes,
      ];
      const format = FORMATS.find((name) => name === args.value('format')) ?? 'html';
      const file = outputFile(args, format, terminal);
      // Loaded late: no other command needs it, nor the charts' library.
      const { renderReport } = await import('#report/index.ts');
      const text = renderReport(format, {
        name: basename(root),
        root,
        at,
        commit,
        toolVersion: version,
        view,
        findings,
        rules,
        files: collected.files,
        history: past.records,
        troubles: collected.troubles,
        base: file === undefined ? '' : baseOf(file, root),
      });
      line.clear();
      const notWritten = write(file, text, terminal);
      const notes = args.has('record') && isChanged ? [CHANGED] : [];
      for (const note of [...notes, ...mistakes, ...(notWritten ?? [])]) terminal.writeError(`${note}\n`);
      if (mistakes.length > 0 || notWritten !== undefined) return exitCode.usage;
      return collected.troubles.length > 0 ? exitCode.partial : exitCode.clean;
    } finally {
      line.clear();
      project.workspace.dispose();
    }
  },
};

/** `undefined` is standard output. */
function outputFile(args: Arguments, format: ReportFormat, { cwd }: Terminal): string | undefined {
  const given = args.value('output') ?? (format === 'html' ? DEFAULT_FILE : '-');
  if (given === '-') return undefined;
  const file = toEnginePath(given, cwd);
  if (diskHost.isFolder(file)) throw new UsageError(`"${given}" is a folder. Name the file to write.`);
  return file;
}

/** How the workspace is reached from the report, for links. */
function baseOf(file: string, root: string): string {
  const way = relative(dirname(file), root).replaceAll('\\', '/');
  return way === '' ? '' : `${way.split('/').map(encodeURIComponent).join('/')}/`;
}

/** Answers what to say when it could not be written. */
function write(file: string | undefined, text: string, terminal: Terminal): readonly string[] | undefined {
  if (file === undefined) {
    terminal.write(text);
    return undefined;
  }
  const before = diskHost.readText(file);
  const problem = before === undefined ? createText(file, text) : replaceText(file, before, text);
  const shown = relative(terminal.cwd, file);
  if (problem !== undefined) return [`${shown} was not written because ${problem.reason}.`];
  terminal.writeError(`Wrote ${shown}.\n`);
  return undefined;
}

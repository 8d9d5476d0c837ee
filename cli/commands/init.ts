import { relative } from 'node:path';
import { createChecklist } from '#engine/checklist/create/create.ts';
import { diskHost } from '#host/disk.ts';
import { toEnginePath } from '#host/paths.ts';
import { createText, replaceText } from '#host/writeText.ts';
import { rules } from '#rules/index.generated.ts';
import { analyze } from '../check/analyze.ts';
import { openProject } from '../check/openProject.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exitCodes.ts';
import { progress } from '../progress.ts';
import { UsageError } from '../usageError.ts';

const DEFAULT_FILE = 'READINESS.md';

export const init: Command = {
  spec: {
    name: 'init',
    usage: '[options]',
    summary:
      'Writes a readiness checklist for what the current folder is made of, with every item linked to its rule and ticked where the code shows that it is done.',
    positionals: 0,
    options: {
      output: { type: 'string', short: 'o', value: 'file', help: `Where to write it; ${DEFAULT_FILE} by default.` },
      force: { type: 'boolean', help: 'Replaces a file that is there already.' },
      'dry-run': { type: 'boolean', help: 'Prints the checklist and writes nothing.' },
    },
    notes: [
      'Exit codes',
      '  0  the checklist is written, or printed',
      '  2  wrong arguments, or a file that is there already or could not be written',
      '  3  a defect in Airworthy',
    ],
  },

  async run(args, terminal) {
    const given = args.value('output') ?? DEFAULT_FILE;
    const file = toEnginePath(given, terminal.cwd);
    const isDry = args.has('dry-run');
    if (!isDry && diskHost.isFolder(file)) throw new UsageError(`"${given}" is a folder. Name the file to write.`);
    if (!isDry && !args.has('force') && diskHost.isFile(file)) {
      throw new UsageError(`There is a file "${given}" already. Say --force to replace it, or --output for another.`);
    }
    const root = toEnginePath('.', terminal.cwd);
    const line = progress(terminal);
    const { signal } = terminal;
    const project = await openProject(
      { root, files: [], folders: [root] },
      { rules, only: undefined, configFile: undefined, signal, progress: line },
    );
    try {
      await analyze(project, signal, line);
      const text = createChecklist(project.workspace, rules);
      line.clear();
      if (isDry) {
        terminal.write(text);
        return exitCode.clean;
      }
      const before = diskHost.readText(file);
      const problem = before === undefined ? createText(file, text) : replaceText(file, before, text);
      const shown = relative(terminal.cwd, file);
      if (problem !== undefined) throw new UsageError(`${shown} was not written because ${problem.reason}.`);
      terminal.writeError(`Wrote ${shown}. "airworthy checklist" holds it against the code.\n`);
      return exitCode.clean;
    } finally {
      line.clear();
      project.workspace.dispose();
    }
  },
};

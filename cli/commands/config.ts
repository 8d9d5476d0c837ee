import { createConfiguration } from '#engine/config/configuration.ts';
import { visible } from '#engine/document/visible.ts';
import { diskHost } from '#host/disk.ts';
import { toEnginePath } from '#host/paths.ts';
import { projectRoot } from '#host/projectRoot.ts';
import { rules } from '#rules/index.generated.ts';
import { createPlaces } from '../check/places.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exitCodes.ts';
import { UsageError } from '../usageError.ts';

export const config: Command = {
  spec: {
    name: 'config',
    usage: '--print <file>',
    summary: 'Shows the settings that apply to a file, and where each of them comes from.',
    positionals: 0,
    options: {
      print: { type: 'string', value: 'file', help: 'The file whose settings to show. It need not exist.' },
      config: { type: 'string', value: 'file', help: 'Uses this file instead of the nearest airworthy.json.' },
      format: { type: 'string', value: 'name', choices: ['pretty', 'json'], help: 'How to write the settings.' },
    },
  },

  async run(args, terminal) {
    const given = args.value('print');
    if (given === undefined)
      throw new UsageError('Name the file whose settings to show: airworthy config --print <file>.');
    const file = args.value('config');
    const path = toEnginePath(given, terminal.cwd);
    const configuration = createConfiguration({
      root: projectRoot(toEnginePath('..', path)),
      host: diskHost,
      rules,
      ...(file !== undefined && { file: toEnginePath(file, terminal.cwd) }),
    });
    const resolved = configuration.for(path);
    const places = createPlaces(terminal.cwd, (source) => diskHost.readText(source));
    const settings = resolved.explain().map(({ setting, value, origin }) => ({
      setting,
      value,
      source: origin.source.includes('/') ? places.relative(origin.source) : origin.source,
      at: origin.at,
    }));
    const problems = configuration.problems();
    for (const { path: source, span, message } of problems) {
      const { path: shown, line, column } = places.place(source, span);
      terminal.writeError(`${shown}:${line}:${column}: ${message}\n`);
    }
    if (args.value('format') === 'json') {
      terminal.write(
        `${JSON.stringify({ file: places.relative(path), excluded: resolved.excluded, settings }, undefined, 2)}\n`,
      );
    } else {
      const { colors } = terminal;
      const width = Math.min(60, Math.max(...settings.map(({ setting }) => setting.length)));
      const lines = settings.map(({ setting, value, source, at }) => {
        const from = at === '' ? source : `${source} ${at}`;
        const text = typeof value === 'string' ? value : JSON.stringify(value);
        return `${setting.padEnd(width)}  ${visible(text)}  ${colors.dim(visible(from))}\n`;
      });
      const head = resolved.excluded ? `${places.relative(path)} is excluded: it is not analysed.\n\n` : '';
      terminal.write(head + lines.join(''));
    }
    return problems.length > 0 ? exitCode.usage : exitCode.clean;
  },
};

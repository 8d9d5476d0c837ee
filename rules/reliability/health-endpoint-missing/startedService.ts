import type { ProjectContext } from '#api';
import { programOf } from '../../_shared/delivery/program.ts';
import { scriptRuns } from '../../_shared/delivery/scriptRuns.ts';
import { commandsOf } from '../../_shared/delivery/shell.ts';
import { lastPart } from '../../_shared/filePath.ts';
import { type WorkspacePackages, workspacePackages } from '../../_shared/project/workspacePackages.ts';
import type { WebService } from '../../_shared/web/project/model.ts';
import type { StartedProgram } from './probeFacts.ts';

/** Programs that run a file of the package; the one of Nest knows which. */
const RUNTIME = /^(?:node|nodejs|tsx|ts-node|nodemon|bun|nest)$/;
/** Scripts that call scripts are followed so far. */
const MAX_STEPS = 4;

type View = Pick<ProjectContext<string, unknown>, 'all' | 'root' | 'exists'>;

/** The service that a command starts; `undefined` where it starts several programs, or may start another one. */
export function serviceStartedBy(
  { command, folder }: Pick<StartedProgram, 'command' | 'folder'>,
  services: readonly WebService[],
  ctx: View,
): WebService | undefined {
  const packages = workspacePackages(ctx);
  const run = programRun(command, folder, { ...packages, exists: (path) => ctx.exists(path) }, 0);
  const service = run && services.find((one) => one.folder === run.folder);
  const [app, ...others] = service?.apps ?? [];
  if (run === undefined || app === undefined || others.length > 0) return undefined;
  const files = [app.place.path, ...app.listensIn].map(nameOf);
  return run.file === undefined || files.includes(nameOf(run.file)) ? service : undefined;
}

interface Run {
  /** Of the package. */
  readonly folder: string;
  /** What it runs; `undefined` where the program knows it. */
  readonly file: string | undefined;
}

function programRun(
  command: string,
  folder: string,
  packages: WorkspacePackages & { readonly exists: (path: string) => boolean },
  steps: number,
): Run | undefined {
  const program = programOf(command).replace(/^npm start\b/, 'npm run start');
  if (steps > MAX_STEPS || /[&|$`]|\bcd\b/.test(program)) return undefined;
  const runs = scriptRuns(program, folder, packages);
  const [name = '', ...rest] = program.split(/\s+/);
  if (runs.length === 0) {
    const home = packages.nearest(folder);
    if (home === undefined || !RUNTIME.test(name) || packages.scriptsOf(home) === undefined) return undefined;
    if (name === 'nest')
      return rest[0] === 'start' && !/^[^-]/.test(rest[1] ?? '-') ? { folder: home, file: undefined } : undefined;
    const file = rest.find((word) => /\.[cm]?[jt]s$|\/[\w.-]+$/.test(word) && !word.startsWith('-'));
    return file === undefined ? undefined : { folder: home, file };
  }
  const main = runs.filter((run) => !runs.some((other) => isAround(run.name, other.name)));
  const [only, ...others] = main;
  if (only === undefined || others.length > 0) return undefined;
  // What runs before ends before the last command begins.
  const commands = commandsOf(packages.scriptsOf(only.folder)?.[only.name] ?? '');
  const last = commands.at(-1);
  if (
    last === undefined ||
    commands.some(({ text, operator }) => /[^&]&$/.test(text) || operator === '||' || operator === '|')
  )
    return undefined;
  return programRun(last.text, only.folder, packages, steps + 1);
}

function isAround(name: string, other: string): boolean {
  return name === `pre${other}` || name === `post${other}`;
}

/** A file's name without its ending: what `dist/main.js` is made from is called `main` as well. */
function nameOf(path: string): string {
  return lastPart(path).replace(/\.[cm]?[jt]sx?$/, '');
}

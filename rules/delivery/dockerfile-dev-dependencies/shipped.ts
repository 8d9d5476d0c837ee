import type { DockerDocument, DockerInstruction } from '#api';
import { type Install, installsOf } from '../../_shared/delivery/imageInstalls.ts';
import { commandsOf } from '../../_shared/delivery/shell.ts';
import { assignVariables, expand, globalArguments } from '../../_shared/delivery/stages.ts';
import { type UsedStage, usedStages } from '../../_shared/delivery/usedStages.ts';
import { resolvePath } from '../../_shared/filePath.ts';

/** Packages for development that the image holds in the end. */
export interface ShippedPackages {
  readonly install: Install;
  /** The `COPY` that brought them into the last stage; `undefined` when they were installed there. */
  readonly copy: DockerInstruction | undefined;
  /** The stage in which they have to be gone in the end: the last one, or the one they are copied from. */
  readonly end: UsedStage;
}

/** What a stage holds: installs with packages for development by the folder of the project, and where it works. */
interface Contents {
  readonly packages: Map<string, ShippedPackages>;
  folder: string | undefined;
  readonly variables: Map<string, string>;
}

/** Follows installs, removals and copies to the end of the last stage. */
export function shippedPackages(document: DockerDocument): readonly ShippedPackages[] {
  const globals = globalArguments(document.instructions);
  const made = new Map<UsedStage, Contents>();
  let last: Contents | undefined;
  for (const stage of usedStages(document)) {
    const before = stage.parent && made.get(stage.parent);
    const contents: Contents = {
      packages: new Map([...(before?.packages ?? [])].map(([folder, shipped]) => [folder, { ...shipped, end: stage }])),
      folder: before === undefined ? '/' : before.folder,
      variables: new Map(before?.variables),
    };
    for (const instruction of stage.instructions) follow(instruction, stage, contents, made, globals);
    made.set(stage, contents);
    last = contents;
  }
  return last === undefined ? [] : [...last.packages.values()];
}

function follow(
  instruction: DockerInstruction,
  stage: UsedStage,
  contents: Contents,
  made: ReadonlyMap<UsedStage, Contents>,
  globals: ReadonlyMap<string, string>,
): void {
  const { keyword, argument } = instruction;
  if (keyword === 'WORKDIR') contents.folder = inFolder(contents, argument);
  else if (keyword === 'COPY') takeOver(instruction, stage, contents, made);
  else if (keyword === 'RUN') runs(instruction, stage, contents);
  else assignVariables(contents.variables, instruction, globals);
}

function inFolder({ folder, variables }: Contents, written: string): string | undefined {
  const path = expand(written, variables);
  return path === undefined || (folder === undefined && !path.startsWith('/'))
    ? undefined
    : resolvePath(folder ?? '/', path);
}

function runs(instruction: DockerInstruction, stage: UsedStage, contents: Contents): void {
  const commands = instruction.heredocs.length > 0 ? [] : commandsOf(instruction.argument);
  const installs = installsOf(instruction, stage);
  let { folder } = contents;
  for (const { text, start } of commands) {
    const target = /^\(?\s*cd\s+(\S+)$/.exec(text)?.[1];
    if (target !== undefined) folder = inFolder({ ...contents, folder }, target);
    const install = installs.find(({ at }) => at === start);
    if (install !== undefined) installed(install, contents, folder);
    // Which of several folders goes is not told apart.
    else if (/\bnode_modules\b/.test(text) && /\b(?:rm|mv|find|npx|exec)\b/.test(text)) contents.packages.clear();
    else if (/\bprune\b/.test(text) && /\b(?:npm|pnpm|yarn)\b/.test(text)) contents.packages.clear();
    else for (const gone of removedBy(text)) removed(inFolder({ ...contents, folder }, gone), contents);
  }
  if (instruction.heredocs.length > 0) contents.packages.clear();
}

/** Folders that a command takes away with all in them: `rm -rf /tmp/kit`, `rm -rf /tmp/*`. */
function removedBy(text: string): readonly string[] {
  const words = /^\(?\s*(?:sudo\s+)?rm\s+(.+)$/.exec(text)?.[1]?.split(/\s+/) ?? [];
  if (!words.some((word) => /^-\w*[rR]|^--recursive$/.test(word))) return [];
  return words.filter((word) => !word.startsWith('-')).map((word) => word.replace(/\/\*$/, '') || '/');
}

function removed(path: string | undefined, { packages }: Contents): void {
  if (path === undefined || /[*?]/.test(path)) return;
  for (const folder of [...packages.keys()]) {
    if (folder === path || folder.startsWith(path === '/' ? path : `${path}/`)) packages.delete(folder);
  }
}

/** Settings by which the managers leave packages for development out without being told by a flag. */
const LEAVES_OUT = /^(?:npm_config_(?:omit|only|production)|yarn_production|pnpm_config_prod(?:uction)?)$/i;

function installed(install: Install, { packages, variables }: Contents, folder: string | undefined): void {
  if (folder === undefined) return;
  const leftOut = install.isProduction || [...variables.keys()].some((name) => LEAVES_OUT.test(name));
  if (leftOut || install.verb === 'prune' || !comesWithDevelopment(install, variables)) packages.delete(folder);
  else packages.set(folder, { install, copy: undefined, end: install.stage });
}

function comesWithDevelopment(install: Install, variables: ReadonlyMap<string, string>): boolean {
  if (install.isDevelopment) return true;
  const environment = install.environment ?? variables.get('NODE_ENV');
  // Empty: given at build time, by whom nobody knows.
  return environment === undefined || /^(?:dev|test)/.test(environment);
}

/** Copies of folders that hold packages hold them as well. */
function takeOver(
  instruction: DockerInstruction,
  stage: UsedStage,
  contents: Contents,
  made: ReadonlyMap<UsedStage, Contents>,
): void {
  const from = stage.source(instruction);
  const source = from && made.get(from);
  const words = instruction.exec ?? instruction.argument.split(/\s+/);
  const target = inFolder(contents, words.at(-1) ?? '');
  if (from === undefined || source === undefined || target === undefined) return;
  for (const word of words.slice(0, -1)) {
    const path = expand(word, source.variables);
    if (path === undefined || /[*?]/.test(path)) continue;
    const copied = resolvePath('/', path);
    for (const [folder, { install }] of source.packages) {
      const at = placeOfCopy(folder, copied, target);
      if (at !== undefined) contents.packages.set(at, { install, copy: instruction, end: from });
    }
  }
}

/** The project's folder after a copy that takes its packages along. */
function placeOfCopy(folder: string, copied: string, target: string): string | undefined {
  const root = copied === '/' ? '' : copied;
  if (copied === resolvePath(folder, 'node_modules')) {
    return target.endsWith('/node_modules') ? target.slice(0, -'/node_modules'.length) || '/' : undefined;
  }
  return folder === copied || folder.startsWith(`${root}/`)
    ? resolvePath(target, `.${folder.slice(root.length)}`)
    : undefined;
}

import { programOf } from '../delivery/program.ts';
import { commandsOf } from '../delivery/shell.ts';
import { resolvePath } from '../filePath.ts';

/** A call of TypeScript's compiler in a command. */
export interface CompilerCall {
  /** Paths of the projects as written, from `folder`: a tsconfig or its folder. */
  readonly projects: readonly string[];
  /** The folder that it runs in, relative to the one of the command: empty, or where a `cd` before it leads. */
  readonly folder: string;
  /** It writes JavaScript, as far as its flags say. */
  readonly writes: boolean;
  /** It runs on and on for somebody who develops. */
  readonly watches: boolean;
  /** It builds the projects that these name as well. */
  readonly followsReferences: boolean;
}

const COMPILER = /^(?:\S*\/)?(?:vue-tsc|tsc|tsgo|tspc|ttsc)(?=\s|$)/;
/** Flags whose value is the next word. */
const VALUED =
  /^--?(?:outDir|outFile|rootDir|baseUrl|target|t|module|m|lib|jsx|declarationDir|tsBuildInfoFile|moduleResolution|types|typeRoots)$/i;
const SWITCHED_ON = /^(?!--?\w+(?:=|\s)false)/;

/** Calls of the compiler in a command of a script, `cd server && tsc -p tsconfig.build.json` for one. */
export function compilerCalls(command: string): readonly CompilerCall[] {
  if (!/\b(?:tsc|tsgo|tspc|ttsc)\b/.test(command)) return [];
  let folder = '';
  return commandsOf(command).flatMap(({ text }) => {
    const program = programOf(text);
    const into = /^cd\s+["']?([^\s"']+)/.exec(program)?.[1];
    if (into !== undefined) folder = folder === '' ? into : `${folder}/${into}`;
    return COMPILER.test(program) ? callOf(program, folder) : [];
  });
}

function callOf(program: string, folder: string): readonly CompilerCall[] {
  const words = program.split(/\s+/).slice(1);
  const projects: string[] = [];
  const flags: string[] = [];
  let namesFiles = false;
  for (let at = 0; at < words.length; at++) {
    const word = (words[at] ?? '').replace(/^["']|["']$/g, '');
    const next = words[at + 1]?.replace(/^["']|["']$/g, '');
    if (/^(?:-p|--project)$/.test(word) && next !== undefined) projects.push(next);
    else if (/^--?[A-Za-z]/.test(word)) flags.push(/^(?:true|false)$/.test(next ?? '') ? `${word} ${next}` : word);
    else if (/^(?:true|false|&|>.*)$/.test(word)) continue;
    else if (flags.some((flag) => /^(?:-b|--build)$/.test(flag))) projects.push(word);
    // Files named one by one are compiled without a tsconfig.
    else if (/\.[cm]?[jt]sx?$/.test(word)) namesFiles = true;
    if (/^(?:-p|--project)$/.test(word) || VALUED.test(word)) at++;
  }
  const has = (names: RegExp) => flags.some((flag) => names.test(flag) && SWITCHED_ON.test(flag));
  if ((namesFiles && projects.length === 0) || has(/^--?(?:v|version|h|help|init|showConfig|all)\b/)) return [];
  return [
    {
      projects: projects.length === 0 ? ['tsconfig.json'] : projects,
      folder,
      writes: !has(/^--(?:noEmit|emitDeclarationOnly)\b(?!OnError)/i) && !program.includes('vue-tsc'),
      watches: has(/^(?:-w|--watch)$/),
      followsReferences: has(/^(?:-b|--build)$/),
    },
  ];
}

/** Paths that a project may have: a file, with its ending, or the tsconfig.json of a folder. `folder` is where the command runs. */
export function projectPaths(folder: string, call: Pick<CompilerCall, 'folder'>, project: string): readonly string[] {
  const path = resolvePath(resolvePath(folder, call.folder), project);
  return path.endsWith('.json') ? [path] : [`${path}/tsconfig.json`, `${path}.json`];
}

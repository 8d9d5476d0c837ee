import type { FileValue } from '#api';
import { folderOf, resolvePath } from '../filePath.ts';
import type { ScriptBody, Scripts } from './scriptCalls.ts';
import type { TaskFile } from './taskFacet.ts';

/** Tasks of a workspace by their names alone, whichever package they are of. */
export interface TaskNames {
  /** Names of the tasks that run before one. */
  readonly before: ReadonlyMap<string, ReadonlySet<string>>;
  /** Commands of Nx targets. */
  readonly targets: Scripts;
}

/** Puts the tasks of all files together. */
export function taskNames(files: Iterable<FileValue<TaskFile>>, root: string): TaskNames {
  const before = new Map<string, Set<string>>();
  const targets = new Map<string, ScriptBody[]>();
  for (const { value } of files) {
    if (value.tool === 'wireit') continue;
    for (const [key, { dependsOn, commands, folder }] of Object.entries(value.tasks)) {
      const name = plainName(key);
      const known = before.get(name) ?? new Set();
      for (const one of dependsOn) if (!one.startsWith('$')) known.add(plainName(one));
      before.set(name, known);
      const bodies = targets.get(name) ?? [];
      bodies.push(...commands.map((text) => ({ text, folder: resolvePath(root, folder ?? '') })));
      targets.set(name, bodies);
    }
  }
  return { before, targets };
}

/** Scripts of Wireit, each with those that run before it. */
export function wireitScripts(files: Iterable<FileValue<TaskFile>>): Scripts {
  const scripts = new Map<string, ScriptBody[]>();
  for (const { path, value } of files) {
    for (const [name, { dependsOn, commands }] of value.tool === 'wireit' ? Object.entries(value.tasks) : []) {
      const called = dependsOn.map((one) => `npm run ${one.slice(one.startsWith('.') ? one.indexOf(':') + 1 : 0)}`);
      const bodies = [...called, ...commands].map((text) => ({ text, folder: folderOf(path) }));
      scripts.set(name, [...(scripts.get(name) ?? []), ...bodies]);
    }
  }
  return scripts;
}

/** `^build`, `web#build` and `web:build` without what says whose it is. */
function plainName(written: string): string {
  return written.replace(/^\^/, '').replace(/^.*#/, '');
}

/** Names that a program runs, with those of the tasks that Turborepo and Nx run before them. */
export function withTasksBefore(program: string, names: readonly string[], { before }: TaskNames): readonly string[] {
  if (before.size === 0 || !/^(?:turbo|nx)\s/.test(program)) return names;
  const found = new Set(names);
  for (const name of found) for (const one of before.get(name) ?? []) found.add(one);
  return [...found];
}

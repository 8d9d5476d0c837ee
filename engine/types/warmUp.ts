import { folderOf, resolvePath } from '../document/paths.ts';
import { ts } from '../ts.ts';

export interface WarmUpOptions {
  /** A host that no program has used yet. */
  newHost(): ts.CompilerHost;
  readonly options: ts.CompilerOptions;
  readonly libFolder: string;
  readonly projectReferences: readonly ts.ProjectReference[];
  /** What specifiers of a file led to, once a program has taken the file in. */
  importsOf(path: string): Iterable<string>;
}

/**
 * Parses and binds the files of a program before it is made, a few at a time. Building a program cannot be interrupted and
 * takes seconds for a large project; with all trees at hand, little of that is left.
 */
export interface WarmUp {
  /**
   * Goes on until all files that can be reached from `roots` are ready, or `deadline` (of `performance.now`) has come:
   * then the answer is false. Always does something.
   */
  step(roots: Iterable<string>, deadline: number): boolean;
  /** Lets go of the trees: a program holds them now. */
  finish(): void;
}

/** Files parsed and bound before looking at the clock again: doubled while that is quick. */
const MAX_BATCH = 32;
const QUICK = 2;
/** Programs take JavaScript of packages for untyped. */
const UNTYPED = /\/node_modules\/.*\.[cm]?jsx?$/;

export function createWarmUp({ newHost, options, libFolder, projectReferences, importsOf }: WarmUpOptions): WarmUp {
  const seen = new Set<string>();
  const queue: string[] = [];
  let held: ts.SourceFile[] = [];
  let batch = 1;

  function enqueue(path: string): void {
    if (seen.has(path)) return;
    seen.add(path);
    queue.push(path);
  }

  function enqueueLib(name: string): void {
    enqueue(`${libFolder}/${name}`);
  }

  function enqueueType(name: string, from: string): void {
    const { resolvedTypeReferenceDirective: found } = ts.resolveTypeReferenceDirective(name, from, options, newHost());
    if (found?.resolvedFileName !== undefined) enqueue(found.resolvedFileName);
  }

  function enqueueGlobals(): void {
    if (options.noLib !== true) {
      for (const lib of options.lib ?? [ts.getDefaultLibFileName(options)]) enqueueLib(lib);
    }
    const host = newHost();
    const from = `${host.getCurrentDirectory()}/__inferred type names__.ts`;
    for (const name of ts.getAutomaticTypeDirectiveNames(options, host)) enqueueType(name, from);
  }

  /** Parses and binds files by making a program of them alone. */
  function load(paths: readonly string[]): void {
    const alone = { ...options, noResolve: true, noLib: true, types: [] };
    // The program resolves specifiers all the same, and what it finds is kept for the one to come.
    const program = ts.createProgram({ rootNames: paths, options: alone, projectReferences, host: newHost() });
    program.getTypeChecker();
    for (const path of paths) {
      const file = program.getSourceFile(path);
      if (file === undefined) continue;
      held.push(file);
      for (const imported of importsOf(path)) if (!UNTYPED.test(imported)) enqueue(imported);
      for (const { fileName } of file.referencedFiles) enqueue(resolvePath(folderOf(path), fileName));
      for (const { fileName } of file.libReferenceDirectives) enqueueLib(`lib.${fileName}.d.ts`);
      for (const { fileName } of file.typeReferenceDirectives) enqueueType(fileName, path);
    }
  }

  return {
    step(roots, deadline) {
      if (seen.size === 0) enqueueGlobals();
      for (const root of roots) enqueue(root);
      while (queue.length > 0) {
        const started = performance.now();
        load(queue.splice(0, batch));
        const now = performance.now();
        batch = now - started < QUICK ? Math.min(batch * 2, MAX_BATCH) : 1;
        if (now > deadline) break;
      }
      return queue.length === 0;
    },
    finish() {
      held = [];
    },
  };
}

import { folderOf, resolvePath } from '../document/paths.ts';
import { ts } from '../ts.ts';
import { importsIn } from './compilerInternals.ts';

export interface WarmUpOptions {
  readonly host: ts.CompilerHost;
  readonly options: ts.CompilerOptions;
  readonly libFolder: string;
  /** Resolves the specifiers of a file, as the program will. */
  resolve(
    literals: readonly ts.StringLiteralLike[],
    file: ts.SourceFile,
  ): readonly ts.ResolvedModuleWithFailedLookupLocations[];
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

export function createWarmUp({ host, options, libFolder, resolve }: WarmUpOptions): WarmUp {
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
    const { resolvedTypeReferenceDirective: found } = ts.resolveTypeReferenceDirective(name, from, options, host);
    if (found?.resolvedFileName !== undefined) enqueue(found.resolvedFileName);
  }

  function enqueueGlobals(): void {
    if (options.noLib !== true) {
      for (const lib of options.lib ?? [ts.getDefaultLibFileName(options)]) enqueueLib(lib);
    }
    const from = `${host.getCurrentDirectory()}/__inferred type names__.ts`;
    for (const name of ts.getAutomaticTypeDirectiveNames(options, host)) enqueueType(name, from);
  }

  /** Parses and binds files by making a program of them alone. */
  function load(paths: readonly string[]): void {
    const alone = { ...options, noResolve: true, noLib: true, types: [] };
    const program = ts.createProgram({ rootNames: paths, options: alone, host });
    program.getTypeChecker();
    for (const path of paths) {
      const file = program.getSourceFile(path);
      if (file === undefined) continue;
      held.push(file);
      for (const { resolvedModule } of resolve(importsIn(file), file)) {
        if (resolvedModule !== undefined && isLoaded(resolvedModule)) enqueue(resolvedModule.resolvedFileName);
      }
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

/** Programs take JavaScript of packages for untyped. */
function isLoaded({ extension, isExternalLibraryImport }: ts.ResolvedModuleFull): boolean {
  return isExternalLibraryImport !== true || !/^\.[cm]?jsx?$/.test(extension);
}

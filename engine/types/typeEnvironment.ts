import { ts } from '../ts.ts';
import { addsToGlobalScope } from './compilerInternals.ts';
import { fingerprint } from './fingerprint.ts';
import { type BlockFunction, mayBeInferredNever, type Surface, surfaceOf } from './surface.ts';

/**
 * Says on what the types in a file depend, as fingerprints. Two runs whose fingerprints agree see the same types, so
 * results of the first are good for the second.
 */
export interface TypeEnvironment {
  readonly program: ts.Program;
  /** What all code of a file depends on: its surface, those of the files it imports transitively, and all globals. */
  ofFile(file: ts.SourceFile): string;
  /** What the functions directly inside a function depend on, given what the function itself depends on. */
  ofBody(fn: BlockFunction, file: ts.SourceFile, outer: BodyEnvironment): BodyEnvironment;
  /** Where functions at the top level of a file begin. */
  ofTopLevel(file: ts.SourceFile): BodyEnvironment;
  /** What importers of a file can see of it. */
  surface(file: ts.SourceFile): string;
  /** Paths of the source files that a file imports, transitively, itself included. */
  closure(file: ts.SourceFile): ReadonlySet<string>;
  /** Source files whose names are visible without an import. */
  readonly globalFiles: ReadonlySet<string>;
}

export interface BodyEnvironment {
  /** Depends on texts alone. It keys what is asked of the checker to make `full`. */
  readonly base: string;
  readonly full: string;
}

export interface TypeEnvironmentOptions {
  readonly program: ts.Program;
  readonly configHash: string;
  importsOf(path: string): Iterable<string>;
  /** True for trees that are edited in place; all others are known by identity alone. */
  isOpen(file: ts.SourceFile): boolean;
}

const fileNumbers = new WeakMap<ts.SourceFile, number>();
let nextFile = 1;
/** Whether an unannotated function ever returns; valid for the base environment of its container. */
const endings = new WeakMap<BlockFunction, { readonly base: string; readonly ending: string }>();

/** Made once per program; the functions remember their answers. */
export function createTypeEnvironment(options: TypeEnvironmentOptions): TypeEnvironment {
  const { program, isOpen } = options;
  const checker = program.getTypeChecker();
  const closures = new Map<ts.SourceFile, readonly ts.SourceFile[]>();
  const bases = new Map<ts.SourceFile, string>();
  const fulls = new Map<ts.SourceFile, string>();
  const surfaces = new Map<ts.SourceFile, string>();

  const declarations: string[] = [];
  const globals: ts.SourceFile[] = [];
  for (const file of program.getSourceFiles()) {
    if (file.isDeclarationFile) declarations.push(identityOf(file));
    else if (addsToGlobalScope(file, ts.isExternalModule(file))) globals.push(file);
  }
  const baseGlobals = fingerprint(options.configHash, ...declarations, ...globals.map(baseSurface));
  let allGlobals: string | undefined;

  function baseSurface(file: ts.SourceFile): string {
    return isOpen(file) ? `${file.fileName}=${surfaceOf(file, file).hash}` : identityOf(file);
  }

  function filesReachedFrom(file: ts.SourceFile): readonly ts.SourceFile[] {
    const known = closures.get(file);
    if (known !== undefined) return known;
    const reached = new Set([file]);
    // A set visits what is added while it is being walked.
    for (const from of reached) {
      for (const path of options.importsOf(from.fileName)) {
        const to = program.getSourceFile(path);
        if (to !== undefined && !to.isDeclarationFile) reached.add(to);
      }
    }
    const sorted = [...reached].sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
    closures.set(file, sorted);
    return sorted;
  }

  function baseOf(file: ts.SourceFile): string {
    let base = bases.get(file);
    if (base === undefined) {
      base = fingerprint(baseGlobals, baseSurface(file), ...filesReachedFrom(file).map(baseSurface));
      bases.set(file, base);
    }
    return base;
  }

  /** Completes a surface with what only the checker knows of the bodies left out. */
  function complete(surface: Surface, base: string): string {
    const special: string[] = [];
    surface.blanks.forEach((fn, index) => {
      if (!mayBeInferredNever(fn)) return;
      const ending = endingOf(fn, base);
      if (ending !== '') special.push(`${index}:${ending}`);
    });
    return special.length === 0 ? surface.hash : fingerprint(surface.hash, ...special);
  }

  function endingOf(fn: BlockFunction, base: string): string {
    const known = endings.get(fn);
    if (known !== undefined && known.base === base) return known.ending;
    const signature = checker.getSignatureFromDeclaration(fn);
    const type = signature === undefined ? undefined : checker.getReturnTypeOfSignature(signature);
    const ending = type === undefined || (type.flags & ts.TypeFlags.Void) !== 0 ? '' : checker.typeToString(type);
    endings.set(fn, { base, ending });
    return ending;
  }

  function fullSurface(file: ts.SourceFile): string {
    let surface = surfaces.get(file);
    if (surface === undefined) {
      surface = isOpen(file) ? `${file.fileName}=${complete(surfaceOf(file, file), baseOf(file))}` : identityOf(file);
      surfaces.set(file, surface);
    }
    return surface;
  }

  function ofFile(file: ts.SourceFile): string {
    let full = fulls.get(file);
    if (full === undefined) {
      allGlobals ??= fingerprint(baseGlobals, ...globals.map(fullSurface));
      full = fingerprint(allGlobals, fullSurface(file), ...filesReachedFrom(file).map(fullSurface));
      fulls.set(file, full);
    }
    return full;
  }

  return {
    program,
    ofFile,
    ofTopLevel: (file) => ({ base: isOpen(file) ? baseOf(file) : '', full: ofFile(file) }),
    ofBody(fn, file, outer) {
      // Known by identity: whatever happens in the file changes what all of it depends on.
      if (!isOpen(file)) return outer;
      const surface = surfaceOf(fn.body, file);
      const base = fingerprint(outer.base, surface.hash);
      return { base, full: fingerprint(outer.full, complete(surface, base)) };
    },
    surface: fullSurface,
    closure: (file) => new Set(filesReachedFrom(file).map((other) => other.fileName)),
    globalFiles: new Set(globals.map((file) => file.fileName)),
  };
}

/** Changes whenever the file is another tree. */
function identityOf(file: ts.SourceFile): string {
  let number = fileNumbers.get(file);
  if (number === undefined) {
    number = nextFile++;
    fileNumbers.set(file, number);
  }
  return `@${number}`;
}

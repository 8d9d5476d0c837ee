import { folderOf, isInside, resolvePath } from '../document/paths.ts';
import { ts } from '../ts.ts';
import type { SourceMappingHost } from './compilerInternals.ts';
import type { DocumentRegistry } from './documentRegistry.ts';
import type { FileView } from './fileView.ts';
import type { LibFiles } from './libFiles.ts';
import type { TypeConfig, TypeConfigs } from './tsconfig.ts';
import { createWarmUp } from './warmUp.ts';

/** One program and its checker, kept up to date for one config. */
export interface TypeHost {
  readonly config: TypeConfig;
  /** False until the first program was made. */
  readonly isBuilt: boolean;
  /** The program for what documents and files hold now. Not cheap after an edit, and cannot be interrupted. */
  program(): ts.Program;
  /** Gets files ready for the next program. False when `deadline` (of `performance.now`) came first: call again. */
  warmUp(deadline: number): boolean;
  /** A program in which one file is another tree; `undefined` when that tree cannot be used. Costs a checker. */
  programWith(path: string, file: ts.SourceFile): ts.Program | undefined;
  /** Adds files to start from. True when one was new. */
  addRoots(paths: Iterable<string>): boolean;
  hasRoot(path: string): boolean;
  /** Files that a file's import specifiers and reference comments led to. */
  importsOf(path: string): ReadonlySet<string>;
  /** Files came or went: specifiers are resolved anew. */
  forgetResolutions(): void;
}

export interface TypeHostOptions {
  readonly config: TypeConfig;
  readonly configs: TypeConfigs;
  readonly view: FileView;
  readonly registry: DocumentRegistry;
  readonly libs: LibFiles;
  /** True for documents that exist in the editor, on disk or not. */
  isOpen(path: string): boolean;
  openPaths(): readonly string[];
  /** True when the config is the one that covers the file. */
  owns(path: string): boolean;
}

const NO_IMPORTS: ReadonlySet<string> = new Set();

export function createTypeHost({
  config,
  configs,
  view,
  registry,
  libs,
  owns,
  ...documents
}: TypeHostOptions): TypeHost {
  const { options } = config;
  const { isOpen, openPaths } = documents;
  const key = ts.createDocumentRegistry().getKeyForCompilationSettings(options);
  const roots = new Set<string>();
  const imports = new Map<string, Set<string>>();
  let resolutions = newResolutions();
  let stale = true;
  let invalidated = false;
  let seenRevision = -1;
  let current: ts.Program | undefined;
  /** Folders of open documents: a new document's folder may not be on disk yet. */
  let openFolders: ReadonlySet<string> = new Set();
  let seenOpen: readonly string[] = [];

  function newResolutions(): ts.ModuleResolutionCache {
    return ts.createModuleResolutionCache(config.folder, (name) => name, options);
  }

  const isLib = (path: string): boolean => isInside(path, libs.folder);
  const fileExists = (path: string): boolean =>
    isOpen(path) || (isLib(path) && libs.read(path) !== undefined) || view.isFile(path);

  /**
   * A host for one program. The compiler replaces `realpath` of a host by a function that holds on to the program, so a host
   * that served several would keep all of them alive.
   */
  function newHost(): SourceMappingHost {
    const host: SourceMappingHost = {
      fileExists,
      readFile: (path) => libs.read(path) ?? view.read(path),
      directoryExists: (path) => view.isFolder(path) || openFolders.has(path),
      getDirectories: (path) => [...view.entries(path).folders],
      realpath: view.realPath,
      getCurrentDirectory: () => config.folder,
      useCaseSensitiveFileNames: () => true,
      getCanonicalFileName: (name) => name,
      getNewLine: () => '\n',
      writeFile: () => undefined,
      getDefaultLibFileName: (wanted) => `${libs.folder}/${ts.getDefaultLibFileName(wanted)}`,
      getDefaultLibLocation: () => libs.folder,
      jsDocParsingMode: ts.JSDocParsingMode.ParseForTypeInfo,
      useSourceOfProjectReferenceRedirect: () => true,
      getParsedCommandLine: configs.parse,
      getModuleResolutionCache: () => resolutions,
      hasInvalidatedResolutions: () => invalidated,
      getSourceFile: (path, request) => registry.get(path, { key, options: parseOptions(request), owned: owns(path) }),
      resolveModuleNameLiterals: (literals, from, redirect, wanted, file) =>
        literals.map((literal) => {
          const mode = ts.getModeForUsageLocation(file, literal, wanted);
          const found = ts.resolveModuleName(literal.text, from, wanted, host, resolutions, redirect, mode);
          if (found.resolvedModule !== undefined) noteImport(from, found.resolvedModule.resolvedFileName);
          return found;
        }),
    };
    return host;
  }

  function noteImport(from: string, to: string): void {
    const known = imports.get(from);
    if (known === undefined) imports.set(from, new Set([to]));
    else known.add(to);
  }

  const warming = createWarmUp({
    newHost,
    options,
    libFolder: libs.folder,
    projectReferences: config.references,
    importsOf: (path) => imports.get(path) ?? NO_IMPORTS,
  });

  /**
   * Changes on disk are told, so that between them only open documents have to be looked at, and those that are no longer
   * open.
   */
  function isUpToDate(program: ts.Program): boolean {
    const open = openPaths();
    const sameDocuments = open.length === seenOpen.length && open.every((path, index) => path === seenOpen[index]);
    if (!sameDocuments && open.some((path) => !seenOpen.includes(path) && !view.isFile(path))) {
      // A document that is not on disk may be what an import was waiting for.
      forgetResolutions();
    }
    if (stale) return false;
    const candidates =
      sameDocuments && seenRevision === view.revision
        ? open.flatMap((path) => program.getSourceFile(path) ?? [])
        : program.getSourceFiles();
    seenOpen = open;
    return candidates.every((file) => registry.isCurrent(file.fileName, file, { key, owned: owns(file.fileName) }));
  }

  function forgetResolutions(): void {
    resolutions = newResolutions();
    imports.clear();
    stale = true;
    invalidated = true;
  }

  function build(buildHost: ts.CompilerHost): ts.Program {
    openFolders = new Set(openPaths().map(folderOf));
    const program = ts.createProgram({
      rootNames: [...roots].filter(fileExists),
      options,
      host: buildHost,
      projectReferences: config.references,
      ...(current === undefined ? {} : { oldProgram: current }),
    });
    // The checker binds all files on creation; doing it here keeps the cost in one place.
    program.getTypeChecker();
    return program;
  }

  return {
    config,
    get isBuilt() {
      return current !== undefined;
    },
    program() {
      if (current !== undefined && isUpToDate(current)) {
        seenRevision = view.revision;
        return current;
      }
      const program = build(newHost());
      current = program;
      seenOpen = openPaths();
      warming.finish();
      stale = false;
      invalidated = false;
      seenRevision = view.revision;
      return program;
    },
    warmUp(deadline) {
      if (deadline === Number.POSITIVE_INFINITY || !stale) return true;
      openFolders = new Set(openPaths().map(folderOf));
      return warming.step(roots, deadline);
    },
    programWith(path, file) {
      const host = newHost();
      const { getSourceFile } = host;
      host.getSourceFile = (wanted, request) =>
        wanted === path && registry.lend(file, { key, options: parseOptions(request) })
          ? file
          : getSourceFile(wanted, request);
      const program = build(host);
      return program.getSourceFile(path) === file ? program : undefined;
    },
    addRoots(paths) {
      const before = roots.size;
      for (const path of paths) roots.add(path);
      if (roots.size === before) return false;
      stale = true;
      return true;
    },
    hasRoot: (path) => roots.has(path),
    importsOf(path) {
      const found = imports.get(path) ?? NO_IMPORTS;
      const referenced = current?.getSourceFile(path)?.referencedFiles ?? [];
      if (referenced.length === 0) return found;
      return new Set([...found, ...referenced.map(({ fileName }) => resolvePath(folderOf(path), fileName))]);
    },
    forgetResolutions,
  };
}

function parseOptions(request: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.CreateSourceFileOptions {
  return typeof request === 'object' ? request : { languageVersion: request };
}

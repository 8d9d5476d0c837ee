import { folderOf } from '../document/paths.ts';
import { matchFiles, ts } from '../ts.ts';
import type { FileView } from './fileView.ts';
import { fingerprint } from './fingerprint.ts';

/** What one type host compiles with. */
export interface TypeConfig {
  /** Distinguishes hosts; equal ids are the same object until the configs are forgotten. */
  readonly id: string;
  /** The tsconfig.json or jsconfig.json; `undefined` when none covers the file. */
  readonly path: string | undefined;
  readonly folder: string;
  readonly options: ts.CompilerOptions;
  /** Equal for equal options and equal compiler behaviour. */
  readonly hash: string;
  /** Files the config lists or includes. */
  readonly fileNames: readonly string[];
  readonly references: readonly ts.ProjectReference[];
}

export interface TypeConfigs {
  /**
   * The config that covers a file: the nearest one upwards whose files, or those of a project it references, contain it.
   * A file that no config lists (a test left out of `include`, say) borrows the options of the nearest one.
   */
  ownerOf(path: string): TypeConfig;
  /** Parses a config for a project reference. */
  parse(path: string): ts.ParsedCommandLine | undefined;
  /** Files came or went: `include` is evaluated anew. */
  clear(): void;
}

const CONFIG_NAMES = ['tsconfig.json', 'jsconfig.json'];
const JAVASCRIPT = /\.[cm]?jsx?$/;
/** Folders nested deeper than this are taken for a loop of links. */
const MAX_DEPTH = 64;

/** Reads compiler configuration through the view. Broken files give whatever of them can be read; nothing is executed. */
export function createTypeConfigs(view: FileView, root: string): TypeConfigs {
  const parsed = new Map<string, ts.ParsedCommandLine | undefined>();
  const fileSets = new Map<string, ReadonlySet<string>>();
  const configs = new Map<string, TypeConfig>();
  const owners = new Map<string, TypeConfig>();

  const parseHost: ts.ParseConfigHost = {
    useCaseSensitiveFileNames: true,
    fileExists: view.isFile,
    readFile: view.read,
    readDirectory: (folder, extensions, excludes, includes, depth) =>
      matchFiles(
        folder,
        extensions,
        excludes ?? [],
        includes,
        true,
        folder,
        depth,
        (path) => {
          const { files, folders } = view.entries(path);
          return { files: [...files], directories: path.split('/').length > MAX_DEPTH ? [] : [...folders] };
        },
        view.realPath,
        view.isFolder,
      ),
  };

  function parse(path: string): ts.ParsedCommandLine | undefined {
    if (parsed.has(path)) return parsed.get(path);
    // A file may be there and yet give no text: no permission, or gone since.
    const text = view.isFile(path) ? view.read(path) : undefined;
    const result =
      text === undefined
        ? undefined
        : ts.parseJsonSourceFileConfigFileContent(
            ts.parseJsonText(path, text),
            parseHost,
            folderOf(path),
            undefined,
            path,
          );
    parsed.set(path, result);
    return result;
  }

  function filesOf(path: string): ReadonlySet<string> {
    let files = fileSets.get(path);
    if (files === undefined) {
      files = new Set(parse(path)?.fileNames);
      fileSets.set(path, files);
    }
    return files;
  }

  /** The config itself or, depth first, one it references. */
  function covering(config: string, path: string, seen: Set<string>): string | undefined {
    if (seen.has(config)) return undefined;
    seen.add(config);
    if (filesOf(config).has(path)) return config;
    for (const reference of parse(config)?.projectReferences ?? []) {
      const found = covering(ts.resolveProjectReferencePath(reference), path, seen);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** A solution file compiles nothing itself; its first project speaks for it. */
  function speaking(config: string, seen = new Set<string>()): string {
    const content = parse(config);
    if (content === undefined || content.fileNames.length > 0 || seen.has(config)) return config;
    seen.add(config);
    const first = content.projectReferences
      ?.map(ts.resolveProjectReferencePath)
      .find((path) => parse(path) !== undefined);
    return first === undefined ? config : speaking(first, seen);
  }

  function find(path: string): string | undefined {
    let nearest: string | undefined;
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      for (const name of CONFIG_NAMES) {
        const candidate = folder === '/' ? `/${name}` : `${folder}/${name}`;
        if (!view.isFile(candidate)) continue;
        const found = covering(candidate, path, new Set());
        if (found !== undefined) return found;
        nearest ??= candidate;
      }
      if (folder === folderOf(folder)) return nearest === undefined ? undefined : speaking(nearest);
    }
  }

  function configFor(path: string | undefined, javaScript: boolean): TypeConfig {
    const content = path === undefined ? undefined : parse(path);
    const widened = javaScript && content?.options.allowJs !== true;
    const id = `${path ?? ''}${widened ? '#js' : ''}`;
    const known = configs.get(id);
    if (known !== undefined) return known;
    const options = analysisOptions(content?.options ?? SYNTHETIC, widened);
    const made: TypeConfig = {
      id,
      path,
      folder: path === undefined ? root : folderOf(path),
      options,
      hash: fingerprint(id, JSON.stringify({ ...options, configFile: undefined })),
      fileNames: content?.fileNames ?? [],
      references: content?.projectReferences ?? [],
    };
    configs.set(id, made);
    return made;
  }

  return {
    ownerOf(path) {
      const known = owners.get(path);
      if (known !== undefined) return known;
      const owner = configFor(find(path), JAVASCRIPT.test(path));
      owners.set(path, owner);
      return owner;
    },
    parse,
    clear() {
      parsed.clear();
      fileSets.clear();
      configs.clear();
      owners.clear();
    },
  };
}

/** For files without a config: what a current editor assumes. */
const SYNTHETIC: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  esModuleInterop: true,
  strict: true,
  jsx: ts.JsxEmit.Preserve,
};

/**
 * The user's options, minus all that concerns output. `types` is widened to every `@types` package when it is not set:
 * what compilers before version 6 did, and more knowledge about globals can only make a type more exact.
 */
function analysisOptions(options: ts.CompilerOptions, withJavaScript: boolean): ts.CompilerOptions {
  const {
    composite: _composite,
    incremental: _incremental,
    tsBuildInfoFile: _tsBuildInfoFile,
    declaration: _declaration,
    declarationMap: _declarationMap,
    emitDeclarationOnly: _emitDeclarationOnly,
    outFile: _outFile,
    plugins: _plugins,
    ...kept
  } = options;
  return {
    ...kept,
    types: kept.types ?? ['*'],
    ...(withJavaScript ? { allowJs: true } : {}),
    checkJs: false,
    noEmit: true,
    skipLibCheck: true,
    libReplacement: false,
    ignoreDeprecations: '6.0',
  };
}

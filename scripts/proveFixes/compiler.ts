import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { getLibFiles, ts } from '#engine/ts.ts';

/** Texts that stand in for what is on disk, by absolute path. */
export type Texts = ReadonlyMap<string, string>;

/** The compiler over a project on disk, with the options of the tsconfig.json next to each file. */
export interface Compiler {
  /**
   * What it says about a file, syntax included, without places, because a fix moves text. JavaScript is checked too, so that
   * a name which is not there shows. Calls in a row with the same `instead` share a program.
   */
  says(path: string, instead: Texts): readonly string[];
}

/** About packages that are not installed, and their types, those of Node among them: that says nothing about a fix. */
const UNRESOLVED = new Set([2307, 2580, 2591, 2792, 2875, 2882, 7016]);

const LIBRARIES = '/lib';
const libraries = new Map(getLibFiles().map(({ fileName, text }) => [`${LIBRARIES}/${fileName}`, text]));

const fallback: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  esModuleInterop: true,
  jsx: ts.JsxEmit.Preserve,
  experimentalDecorators: true,
};

/** Files that share options. Trees are kept: most of them are those of packages, the same in every program. */
interface Part {
  readonly options: ts.CompilerOptions;
  readonly files: readonly string[];
  readonly trees: Map<string, ts.SourceFile>;
  last: { readonly program: ts.Program; readonly instead: Texts } | undefined;
}

/** `root` is where packages are looked for when a file has no tsconfig.json. */
export function createCompiler(root: string): Compiler {
  const parts = new Map<string, Part>();

  function partOf(path: string): Part {
    const config = configFor(path);
    const known = parts.get(config?.name ?? '');
    if (known !== undefined) return known;
    const part: Part = {
      options: {
        ...(config?.parsed.options ?? fallback),
        allowJs: true,
        checkJs: true,
        noEmit: true,
        skipLibCheck: true,
        incremental: false,
        composite: false,
      },
      files: config?.parsed.fileNames ?? [],
      trees: new Map(),
      last: undefined,
    };
    parts.set(config?.name ?? '', part);
    return part;
  }

  /** The compiler knows neither `fetch` nor `AbortSignal` while the types of Node are not installed. */
  function isOfNode({ code, messageText }: ts.Diagnostic, options: ts.CompilerOptions): boolean {
    const name =
      code === 2304 || code === 2552
        ? /'(\w+)'/.exec(ts.flattenDiagnosticMessageText(messageText, ' '))?.[1]
        : undefined;
    if (name === undefined || !(name in globalThis)) return false;
    const types = ts.resolveTypeReferenceDirective('node', `${root}/package.json`, options, ts.sys);
    return types.resolvedTypeReferenceDirective === undefined;
  }

  return {
    says(path, instead) {
      const part = partOf(path);
      const { last } = part;
      const isThere = last?.instead === instead && last.program.getSourceFile(path) !== undefined;
      const program = isThere ? last.program : programOf(part, path, instead, root);
      part.last = { program, instead };
      const file = program.getSourceFile(path);
      const types = program.getSemanticDiagnostics(file);
      // What a package would give a type to is untyped without it.
      const isUntyped = isScript(path) || types.some(({ code }) => UNRESOLVED.has(code));
      return [...program.getSyntacticDiagnostics(file), ...types]
        .filter(({ code }) => !UNRESOLVED.has(code) && !(isUntyped && isImplicitAny(code)))
        .filter((diagnostic) => !isOfNode(diagnostic, part.options))
        .map(({ code, messageText }) => `TS${code} ${plain(ts.flattenDiagnosticMessageText(messageText, ' '))}`);
    },
  };
}

/** A complaint that quotes a parameter is the same one when that has got an underscore. */
function plain(message: string): string {
  return message.replace(/(?<![\w$])_(?=\w)/g, '');
}

function isScript(path: string): boolean {
  return /\.[cm]?jsx?$/.test(path);
}

/** That something has no type. JavaScript is made of such parameters, and its authors are never told of them. */
function isImplicitAny(code: number): boolean {
  return code >= 7005 && code <= 7053;
}

function programOf(part: Part, path: string, instead: Texts, root: string): ts.Program {
  const { options, trees } = part;
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, directoryExists } = host;
  host.readFile = (name) => instead.get(name) ?? libraries.get(name) ?? readFile.call(host, name);
  host.fileExists = (name) => instead.has(name) || libraries.has(name) || fileExists.call(host, name);
  host.directoryExists = (name) =>
    [...instead.keys()].some((path) => path.startsWith(`${name}/`)) || directoryExists?.call(host, name) !== false;
  host.getSourceFile = (name, version) => {
    const known = trees.get(name);
    if (known !== undefined && (libraries.has(name) || name.includes('/node_modules/'))) return known;
    const text = host.readFile(name);
    if (text === undefined || known?.text === text) return text === undefined ? undefined : known;
    const tree = ts.createSourceFile(name, text, version);
    trees.set(name, tree);
    return tree;
  };
  host.getDefaultLibFileName = (given) => `${LIBRARIES}/${ts.getDefaultLibFileName(given)}`;
  host.getDefaultLibLocation = () => LIBRARIES;
  host.getCurrentDirectory = () => root;
  const rootNames = part.files.includes(path) ? part.files : [...part.files, path];
  return ts.createProgram({ rootNames, options, host, ...(part.last && { oldProgram: part.last.program }) });
}

/** The tsconfig.json that decides about a file: the nearest one, or the one of those it refers to that names the file. */
function configFor(path: string): { readonly name: string; readonly parsed: ts.ParsedCommandLine } | undefined {
  const name = ts.findConfigFile(dirname(path), existsSync);
  const parsed = name === undefined ? undefined : read(name);
  if (name === undefined || parsed === undefined) return undefined;
  for (const reference of parsed.fileNames.length > 0 ? [] : (parsed.projectReferences ?? [])) {
    const other = ts.resolveProjectReferencePath(reference);
    const part = read(other);
    if (part?.fileNames.includes(path)) return { name: other, parsed: part };
  }
  return { name, parsed };
}

const configs = new Map<string, ts.ParsedCommandLine | undefined>();

function read(name: string): ts.ParsedCommandLine | undefined {
  if (!configs.has(name)) {
    const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} };
    configs.set(name, ts.getParsedCommandLineOfConfigFile(name, {}, host));
  }
  return configs.get(name);
}

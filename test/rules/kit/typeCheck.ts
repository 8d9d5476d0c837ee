import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getLibFiles, ts } from '#engine/ts.ts';
import { type Files, root } from './virtualFiles.ts';

/** Repository folder, whose node_modules give fixtures their packages. */
const repository = fileURLToPath(new URL('../../..', import.meta.url))
  .replace(/[\\/]$/, '')
  .replaceAll('\\', '/');
const base = `${repository}/test/.fixture`;
const ambientPath = `${base}/ambient.d.ts`;

/** What fixtures may use without a package: globals of test runners and untyped JSX. */
const ambient = `
${['describe', 'it', 'test', 'expect', 'jest', 'beforeAll', 'afterAll', 'beforeEach', 'afterEach', 'before', 'after']
  .map((name) => `declare const ${name}: any;`)
  .join('\n')}
declare namespace JSX { interface IntrinsicElements { [name: string]: any } }
`;

const options: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: ['node'],
  jsx: ts.JsxEmit.Preserve,
  allowJs: true,
  checkJs: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  // Copies of one fixture share a program: none of them may declare globals for the others.
  moduleDetection: ts.ModuleDetectionKind.Force,
};

/** Diagnostics about packages that are not installed here: they say nothing about a fix. */
const unresolvedPackage = new Set([2307, 2792, 2875, 2882, 7016]);

/**
 * Copies in JavaScript are checked without `noImplicitAny`: parameters and members without a type are what JavaScript is made
 * of, and the compiler tells nobody of them there, so a fix may add one. Everything else is checked as strictly as TypeScript.
 */
const scriptOptions: ts.CompilerOptions = { ...options, noImplicitAny: false };

const libraryFolder = '/lib';
const libraries = new Map(getLibFiles().map(({ fileName, text }) => [`${libraryFolder}/${fileName}`, text]));

/** Library and package files never change during a run. */
const libraryFiles = new Map<string, ts.SourceFile | undefined>();
/** The last program of each of the two options: the next one takes over the files that are the same. */
const previous = new Map<ts.CompilerOptions, ts.Program>();

/** Where the nth copy of a fixture lies. */
function placeOf(path: string, copy: number): string {
  return path.replace(root, `${base}/${copy}`);
}

function libraryFile(path: string): ts.SourceFile | undefined {
  if (!libraryFiles.has(path)) {
    const text = libraries.get(path) ?? (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
    libraryFiles.set(path, text === undefined ? undefined : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022));
  }
  return libraryFiles.get(path);
}

function hostFor(texts: ReadonlyMap<string, string>, last: ts.Program | undefined): ts.CompilerHost {
  const folders = new Set<string>();
  for (const path of texts.keys()) {
    for (let folder = path; folder.length > base.length; ) {
      folder = folder.slice(0, folder.lastIndexOf('/'));
      folders.add(folder);
    }
  }
  return {
    fileExists: (path) =>
      texts.has(path) || libraries.has(path) || (!path.startsWith(base) && existsSync(path) && statSync(path).isFile()),
    readFile: (path) => texts.get(path) ?? (path.startsWith(base) ? undefined : readFileSync(path, 'utf8')),
    directoryExists: (path) => folders.has(path) || (!path.startsWith(base) && existsSync(path)),
    getSourceFile(path) {
      const text = texts.get(path);
      if (text === undefined) return libraryFile(path);
      const before = last?.getSourceFile(path);
      return before?.text === text ? before : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
    },
    getDefaultLibFileName: () => `${libraryFolder}/lib.d.ts`,
    getDefaultLibLocation: () => libraryFolder,
    getCurrentDirectory: () => base,
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile() {
      throw new Error('a type check writes nothing');
    },
  };
}

function isSource(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path);
}

function isScript(path: string): boolean {
  return /\.[cm]?jsx?$/.test(path);
}

function diagnosticsIn(program: ts.Program, path: string): readonly string[] {
  const file = program.getSourceFile(path);
  const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  return found
    .filter((diagnostic) => !unresolvedPackage.has(diagnostic.code))
    .map((diagnostic) => `TS${diagnostic.code} ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`);
}

function programOf(
  sources: readonly string[],
  texts: ReadonlyMap<string, string>,
  withOptions: ts.CompilerOptions,
): ts.Program {
  const last = previous.get(withOptions);
  const program = ts.createProgram({
    rootNames: sources,
    options: withOptions,
    host: hostFor(texts, last),
    ...(last ? { oldProgram: last } : {}),
  });
  previous.set(withOptions, program);
  return program;
}

/**
 * What the compiler says about the source files of each copy of a fixture, syntax included, without places: a fix moves
 * text. Packages of this repository are there for the fixture, others are `any`. All copies are checked by one program, and
 * by a second one where they hold both languages, because programs are what costs.
 */
export function diagnosticsOf(copies: readonly Files[]): readonly (readonly string[])[] {
  const texts = new Map([[ambientPath, ambient]]);
  for (const [copy, files] of copies.entries()) {
    for (const [path, text] of files) texts.set(placeOf(path, copy), text);
  }
  const sources = [...texts.keys()].filter(isSource);
  const programs = new Map<ts.CompilerOptions, ts.Program>();
  const check = (path: string): readonly string[] => {
    const needed = isScript(path) ? scriptOptions : options;
    const program = programs.get(needed) ?? programOf(sources, texts, needed);
    programs.set(needed, program);
    return diagnosticsIn(program, path);
  };
  return copies.map((files, copy) => [...files.keys()].filter(isSource).flatMap((path) => check(placeOf(path, copy))));
}

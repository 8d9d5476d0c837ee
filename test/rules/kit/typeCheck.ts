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
};

/** Diagnostics about packages that are not installed here: they say nothing about a fix. */
const unresolvedPackage = new Set([2307, 2792, 7016, 2875]);

const libraryFolder = '/lib';
const libraries = new Map(getLibFiles().map(({ fileName, text }) => [`${libraryFolder}/${fileName}`, text]));

/** Library and package files never change during a run. */
const libraryFiles = new Map<string, ts.SourceFile | undefined>();
let previous: ts.Program | undefined;
/** The text before a fix is asked about again for every other fix of it. */
const known = new WeakMap<Files, readonly string[]>();

function realPath(path: string): string {
  return path.replace(root, base);
}

function libraryFile(path: string): ts.SourceFile | undefined {
  if (!libraryFiles.has(path)) {
    const text = libraries.get(path) ?? (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
    libraryFiles.set(path, text === undefined ? undefined : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022));
  }
  return libraryFiles.get(path);
}

function hostFor(files: Files): ts.CompilerHost {
  const texts = new Map([...files].map(([path, text]) => [realPath(path), text]));
  texts.set(ambientPath, ambient);
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
      const before = previous?.getSourceFile(path);
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

/**
 * What the compiler says about the source files of a fixture, syntax included, without places: a fix moves text. Packages
 * of this repository are there for the fixture, others are `any`.
 */
export function diagnosticsOf(files: Files): readonly string[] {
  const found = known.get(files) ?? check(files);
  known.set(files, found);
  return found;
}

function check(files: Files): readonly string[] {
  const sources = [...files.keys()].filter((path) => /\.[cm]?[jt]sx?$/.test(path)).map(realPath);
  if (sources.length === 0) return [];
  const host = hostFor(files);
  const program = ts.createProgram({
    rootNames: [...sources, ambientPath],
    options,
    host,
    ...(previous ? { oldProgram: previous } : {}),
  });
  previous = program;
  return sources.flatMap((path) => {
    const file = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return found
      .filter((diagnostic) => !unresolvedPackage.has(diagnostic.code))
      .map((diagnostic) => `TS${diagnostic.code} ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`);
  });
}

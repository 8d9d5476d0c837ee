import { folderOf, isInside } from '../document/paths.ts';
import { ts } from '../ts.ts';
import type { Host } from '../workspace/host.ts';

/** Finds the project file behind an import; kept until `clear` (cache: module resolution). */
export interface ImportResolver {
  resolve(from: string, specifier: string): string | undefined;
  clear(): void;
}

/**
 * Resolves as a bundler would, `paths` of the nearest tsconfig included; packages and missing files give `undefined`.
 * `isFile` sees open documents that are not saved yet.
 */
export function importResolver(root: string, host: Host, isFile: (path: string) => boolean): ImportResolver {
  const optionsByFolder = new Map<string, ts.CompilerOptions>();
  const answers = new Map<string, string | undefined>();
  const moduleHost: ts.ModuleResolutionHost = {
    fileExists: (path) => isFile(path),
    readFile: (path) => host.readText(path),
    // Of `.` and `..` the compiler asks with a slash at the end.
    directoryExists: (path) => host.isFolder(path.replace(/(?<=.)\/$/, '')),
  };

  const optionsFor = (folder: string): ts.CompilerOptions => {
    const known = optionsByFolder.get(folder);
    if (known !== undefined) return known;
    const own = readOptions(folder, host);
    const options =
      own ?? (folder === root || !isInside(folder, root) ? resolutionOptions({}) : optionsFor(folderOf(folder)));
    optionsByFolder.set(folder, options);
    return options;
  };

  return {
    resolve(from, specifier) {
      const key = `${folderOf(from)}\n${specifier}`;
      if (answers.has(key)) return answers.get(key);
      const found = ts.resolveModuleName(specifier, from, optionsFor(folderOf(from)), moduleHost).resolvedModule;
      const answer =
        found === undefined ||
        found.resolvedFileName.includes('/node_modules/') ||
        !isInside(found.resolvedFileName, root)
          ? undefined
          : found.resolvedFileName;
      answers.set(key, answer);
      return answer;
    },
    clear() {
      optionsByFolder.clear();
      answers.clear();
    },
  };
}

function readOptions(folder: string, host: Host): ts.CompilerOptions | undefined {
  for (const name of ['tsconfig.json', 'jsconfig.json']) {
    const path = `${folder}/${name}`;
    const text = host.readText(path);
    if (text === undefined) continue;
    const json: unknown = ts.parseConfigFileTextToJson(path, text).config ?? {};
    const parsed = ts.parseJsonConfigFileContent(
      json,
      {
        useCaseSensitiveFileNames: true,
        // Only options are wanted: listing the folder's files would cost a walk of the disk.
        readDirectory: () => [],
        fileExists: (file) => host.isFile(file),
        readFile: (file) => host.readText(file),
      },
      folder,
      undefined,
      path,
    );
    return resolutionOptions(parsed.options);
  }
  return undefined;
}

/** Keeps what decides where a name leads, and resolves the way that finds sources behind `.js` specifiers. */
function resolutionOptions(options: ts.CompilerOptions): ts.CompilerOptions {
  return {
    ...(options.paths === undefined ? {} : { paths: options.paths }),
    ...(options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl }),
    ...(options['pathsBasePath'] === undefined ? {} : { pathsBasePath: options['pathsBasePath'] }),
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowJs: true,
    resolveJsonModule: true,
  };
}

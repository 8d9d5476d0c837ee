import { folderOf } from '../document/paths.ts';
import { getLibFiles, ts } from '../ts.ts';
import type { FileView } from './fileView.ts';

/** Where the compiler's `lib.*.d.ts` are taken from. */
export interface LibFiles {
  readonly folder: string;
  /** Text of a bundled lib file; `undefined` for all other paths, and for libs on disk. */
  read(path: string): string | undefined;
}

/** Not a path anyone has: bundled libs are served from here. */
const BUNDLED_FOLDER = '/__airworthy__/typescript/lib';

/** Versions whose libs this compiler understands: older ones lack types that it looks up, newer ones ship none. */
const USABLE_VERSION = /^(?:5\.[6-9]|6\.)/;

/** The libs of the TypeScript that the project itself compiles with, or else the bundled ones. */
export function findLibFiles(view: FileView, folder: string, options: ts.CompilerOptions): LibFiles {
  const wanted = options.lib ?? [ts.getDefaultLibFileName(options)];
  for (let at = folder; ; at = folderOf(at)) {
    const home = `${at === '/' ? '' : at}/node_modules/typescript`;
    if (view.isFile(`${home}/lib/lib.es5.d.ts`)) {
      const complete = wanted.every((name) => view.isFile(`${home}/lib/${name}`));
      return complete && USABLE_VERSION.test(versionIn(view.read(`${home}/package.json`)))
        ? { folder: `${home}/lib`, read: () => undefined }
        : bundledLibFiles();
    }
    if (at === folderOf(at)) return bundledLibFiles();
  }
}

let bundled: LibFiles | undefined;

function bundledLibFiles(): LibFiles {
  if (bundled === undefined) {
    const texts = new Map(getLibFiles().map(({ fileName, text }) => [`${BUNDLED_FOLDER}/${fileName}`, text]));
    bundled = { folder: BUNDLED_FOLDER, read: (path) => texts.get(path) };
  }
  return bundled;
}

function versionIn(packageJson: string | undefined): string {
  return /"version"\s*:\s*"([^"]*)"/.exec(packageJson ?? '')?.[1] ?? '';
}

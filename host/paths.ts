import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A path of this machine as the engine writes paths: absolute, forward slashes, drive letters in lower case. */
export function toEnginePath(path: string, folder: string = process.cwd()): string {
  return normalisePath(resolve(folder, path));
}

/** Forward slashes, no trailing one, drive letters in lower case. Windows' `\\?\` prefixes are dropped. */
export function normalisePath(path: string, windows: boolean = process.platform === 'win32'): string {
  // Elsewhere a backslash is an ordinary character of a name.
  const slashes = windows
    ? path
        .replaceAll('\\', '/')
        .replace(/^\/\/\?\/(?:UNC\/)?/, (prefix) => (prefix.endsWith('UNC/') ? '//' : ''))
        .replace(/^[A-Za-z]:/, (drive) => drive.toLowerCase())
    : path;
  return slashes.length > 1 && !/^[a-z]:\/$/.test(slashes) ? slashes.replace(/\/+$/, '') : slashes;
}

/** `file:` URL of a path, percent-encoded. */
export function fileUrl(path: string): string {
  return pathToFileURL(path).href;
}

/** Path of a `file:` URL; `undefined` for other schemes and malformed URLs. */
export function pathOfUrl(url: string): string | undefined {
  try {
    return normalisePath(fileURLToPath(url));
  } catch {
    return undefined;
  }
}

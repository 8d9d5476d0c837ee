import { URI } from 'vscode-uri';
import { normalisePath } from '#host/paths.ts';

/** Where documents live that were never saved. No such folder exists, so they are analysed by their text alone. */
const untitledFolder = '/~untitled/';

/**
 * The path that the engine knows a document or folder by: absolute, forward slashes, no trailing one. `undefined` for
 * anything that is not a uri, and for documents that only mirror others (`git:`, `output:` …), which would report twice.
 */
export function toPath(uri: unknown): string | undefined {
  const parsed = typeof uri === 'string' ? parse(uri) : undefined;
  if (parsed?.scheme === 'untitled') return untitledFolder + parsed.path.replace(/^\/+/, '');
  if (parsed?.scheme !== 'file') return undefined;
  return normalisePath(parsed.fsPath);
}

/** The uri for a path, for documents that the client has not named itself. */
export function toUri(path: string): string {
  if (path.startsWith(untitledFolder)) {
    return URI.from({ scheme: 'untitled', path: path.slice(untitledFolder.length) }).toString();
  }
  return URI.file(path).toString();
}

function parse(uri: string): URI | undefined {
  try {
    return URI.parse(uri, true);
  } catch {
    return undefined;
  }
}

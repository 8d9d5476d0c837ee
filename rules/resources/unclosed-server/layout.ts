import type { ServerKind } from './starts.ts';

export function isJavaScript(path: string): boolean {
  return /\.[cm]?jsx?$/.test(path);
}

/** Code that closes a server and waits for it. Node's `close` answers through a callback, others with a promise. */
export function closeStatement(name: string, kind: ServerKind, isScript: boolean): string {
  if (kind !== 'node') return `await ${name}.close()`;
  return isScript
    ? `await new Promise((resolve) => ${name}.close(resolve))`
    : `await new Promise<void>((resolve) => ${name}.close(() => resolve()))`;
}

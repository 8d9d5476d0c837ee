import { encoded, wellFormed } from './text.ts';

/**
 * How links of a report lead to the workspace. A path from the report's folder to the workspace's, `''` or ending with `/`;
 * or a command of VS Code, which gets what `arguments` says, the path of the file and the line, for a page that VS Code shows.
 */
export type LinkBase = string | { readonly command: string; readonly arguments: readonly string[] };

/** A link to a line, from 1, of a file of the workspace. It cannot name another scheme or a host, whatever the path is. */
export function placeLink(base: LinkBase, path: string, line?: number): string {
  if (typeof base === 'string') return `./${base}${encoded(path)}${line === undefined ? '' : `#L${line}`}`;
  const given = JSON.stringify([...base.arguments, path, line ?? 1]);
  return `command:${base.command}?${encodeURIComponent(wellFormed(given))}`;
}

import type { FixContext, FixEdit } from '#api';
import { lineEnd } from '../layout.ts';

/** Adds a package to the dependencies in a folder's package.json; nothing where it stands there already, or has none. */
export function addDependency(
  folder: string,
  name: string,
  range: string,
  ctx: Pick<FixContext<unknown>, 'source'>,
): readonly FixEdit[] {
  const path = `${folder}/package.json`;
  const source = ctx.source(path);
  if (source === undefined || source.document.language !== 'json' || !('roots' in source.document)) return [];
  const [root] = source.document.roots;
  const section =
    root?.kind === 'object' ? root.entries.find((entry) => entry.key === 'dependencies')?.value : undefined;
  if (section?.kind !== 'object' || section.entries.some((entry) => entry.key === name)) return [];
  const last = section.entries.at(-1);
  if (last === undefined) return [];
  const lineStart = source.text.lastIndexOf('\n', last.span.start) + 1;
  const indent = source.text.slice(lineStart, last.span.start);
  const newLine = lineEnd(source.text);
  const separator = /^\s*$/.test(indent) ? `,${newLine}${indent}` : ', ';
  return [{ path, start: last.span.end, end: last.span.end, newText: `${separator}"${name}": "${range}"` }];
}

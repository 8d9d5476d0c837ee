import type { FixContext, FixEdit } from '#api';
import { lineEnd } from '../layout.ts';

/**
 * Adds a package to the dependencies in a folder's package.json, which stay in order where npm has put them so; nothing where
 * it stands there already, or has none.
 */
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
  const [first] = section.entries;
  if (first === undefined) return [];
  const lineStart = source.text.lastIndexOf('\n', first.span.start) + 1;
  const indent = source.text.slice(lineStart, first.span.start);
  const gap = /^\s*$/.test(indent) ? `${lineEnd(source.text)}${indent}` : ' ';
  const member = `"${name}": "${range}"`;
  const before = placeIn(
    section.entries.map(({ key }) => key),
    name,
  );
  const at = section.entries[before - 1]?.span.end ?? first.span.start;
  return [{ path, start: at, end: at, newText: before === 0 ? `${member},${gap}` : `,${gap}${member}` }];
}

/** Behind how many names a new one goes: where the alphabet has it when they are in that order, else behind all. */
function placeIn(names: readonly string[], added: string): number {
  const sorted = names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name);
  const larger = sorted ? names.findIndex((name) => name > added) : -1;
  return larger < 0 ? names.length : larger;
}

import { parseFormat } from '#engine/formats/index.ts';
import { documentKind } from '#engine/workspace/documentKind.ts';
import type { Compiler, Texts } from './compiler.ts';

/** One document that a fix changed; `before` is missing when the fix created it. */
export interface Change {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string;
}

/** What is wrong with the documents that a fix changed and was not before it, as `path: problem`. */
export function worse(changes: readonly Change[], compiler: Compiler): readonly string[] {
  const before = new Map(
    changes.flatMap(({ path, before: text }) => (text === undefined ? [] : [[path, text] as const])),
  );
  const after = new Map(changes.map(({ path, after: text }) => [path, text]));
  // All of one world and then all of the other: they share a program.
  const old = changes.map(({ path }) => (before.has(path) ? faultsIn(path, before, compiler) : []));
  return changes.flatMap(({ path }, index) =>
    added(old[index] ?? [], faultsIn(path, after, compiler)).map((problem) => `${path}: ${problem}`),
  );
}

/** What parser and compiler say about one of the texts. */
export function faultsIn(path: string, texts: Texts, compiler: Compiler): readonly string[] {
  const kind = documentKind(path);
  if (kind === undefined) return [];
  if (kind.type === 'source') return compiler.says(path, texts);
  return parseFormat(kind.language, texts.get(path) ?? '').problems.map(({ message }) => message);
}

/** Those of the second list that the first does not account for, one by one. */
export function added(before: Iterable<string>, after: Iterable<string>): readonly string[] {
  const known = new Map<string, number>();
  for (const value of before) known.set(value, (known.get(value) ?? 0) + 1);
  return [...after].filter((value) => {
    const left = known.get(value) ?? 0;
    if (left > 0) known.set(value, left - 1);
    return left === 0;
  });
}

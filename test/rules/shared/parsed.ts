import type { FileHeader } from '#api';
import { parseSource } from '#engine/document/sourceKind.ts';
import { fileNames, scopedResolve } from '#engine/flow/lookup.ts';
import { buildHeader } from '#engine/incremental/header.ts';
import { InnerNames } from '#engine/incremental/innerNames.ts';
import { ts } from '#engine/ts.ts';
import type { FileView } from '#rules/_shared/sourceView.ts';

/** A text as checks see it. */
export interface Parsed {
  readonly file: ts.SourceFile;
  /** As in node scope. */
  readonly header: FileHeader;
  /** As in file scope. */
  readonly source: FileView;
}

export function parsed(text: string): Parsed {
  const path = '/w/src/a.ts';
  const file = parseSource(path, text, ts.ScriptKind.TS);
  const packages = { hash: '', version: () => undefined, isForDevelopment: () => false };
  const header = buildHeader(file, { packages, localPath: '/src/a.ts', names: new InnerNames() });
  const source: FileView = {
    path,
    file,
    header: { ...header, resolve: scopedResolve(file, header) },
    ...fileNames(file),
  };
  return { file, header, source };
}

/** The first node that a guard accepts, in source order. */
export function first<T extends ts.Node>(file: ts.SourceFile, guard: (node: ts.Node) => node is T): T {
  const [found] = every(file, guard);
  if (found === undefined) throw new Error('The text holds no such node.');
  return found;
}

/** All nodes that a guard accepts, in source order. */
export function every<T extends ts.Node>(file: ts.SourceFile, guard: (node: ts.Node) => node is T): readonly T[] {
  const found: T[] = [];
  const visit = (node: ts.Node): void => {
    if (guard(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

import { parseSource } from '#engine/document/sourceKind.ts';
import { fileNames, scopedResolve } from '#engine/flow/lookup.ts';
import { buildHeader } from '#engine/incremental/header.ts';
import { InnerNames } from '#engine/incremental/innerNames.ts';
import { ts } from '#engine/ts.ts';
import type { FileView } from '#rules/_shared/sourceView.ts';

/** A text as helpers of rules see it in a file check, with these packages installed. */
export function sourceView(text: string, path = '/w/a.tsx', installed: readonly string[] = []): FileView {
  const file = parseSource(path, text, ts.ScriptKind.TSX);
  const version = (name: string) => (installed.includes(name) ? '^1.0.0' : undefined);
  const packages = { hash: installed.join(), version, isForDevelopment: () => false };
  const header = buildHeader(file, { packages, localPath: path.replace(/^\/w/, ''), names: new InnerNames() });
  return {
    path,
    file,
    header: { ...header, resolve: scopedResolve(file, header) },
    ...fileNames(file),
  };
}

/** All nodes of a tree that pass the guard, in source order. */
export function nodesOf<T extends ts.Node>(root: ts.Node, guard: (node: ts.Node) => node is T): readonly T[] {
  const found: T[] = [];
  const visit = (node: ts.Node): void => {
    if (guard(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** Calls of a function or method by its last name. */
export function callsOf(root: ts.Node, name: string): readonly ts.CallExpression[] {
  return nodesOf(root, ts.isCallExpression).filter(({ expression }) => {
    return (ts.isPropertyAccessExpression(expression) ? expression.name : expression).getText() === name;
  });
}

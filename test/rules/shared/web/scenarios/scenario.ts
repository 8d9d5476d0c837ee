import { root } from '../../../../engine/workspaceKit.ts';

/** Texts that each file of a small project may have, by absolute path: with and without what rules look for, linked differently. */
export type Variants = ReadonlyMap<string, readonly [string, ...string[]]>;

/** Paths from the root to texts, the one that the project begins with first. */
export function variantsOf(files: Readonly<Record<string, readonly [string, ...string[]]>>): Variants {
  return new Map(Object.entries(files).map(([path, texts]) => [`${root}/${path}`, texts]));
}

/** A package.json of a service, and one of a library of the same name. */
export function manifests(name: string, dependencies: Readonly<Record<string, string>>): readonly [string, string] {
  const service = { name, private: true, scripts: { start: 'node .' }, dependencies };
  return [
    `${JSON.stringify(service)}\n`,
    `${JSON.stringify({ name, version: '1.0.0', main: 'index.js', dependencies })}\n`,
  ];
}

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Artefact } from './artefact.ts';

/** A generated file that does not hold what it should. */
export interface Stale {
  readonly path: string;
  readonly reason: 'missing' | 'differs' | 'its rule is gone';
}

/** Folders in which everything is generated: a file there that nothing produces is a left-over. */
const owned = ['docs/rules'];

function filesIn(root: string, folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesIn(root, path) : [path];
  });
}

/** Compares with the files on disk; line ends of a checkout do not count. */
export function stale(root: string, artefacts: readonly Artefact[]): readonly Stale[] {
  const wanted = new Set(artefacts.map((artefact) => artefact.path));
  const changed = artefacts.flatMap(({ path, text }): readonly Stale[] => {
    if (!existsSync(join(root, path))) return [{ path, reason: 'missing' }];
    const current = readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n');
    return current === text ? [] : [{ path, reason: 'differs' }];
  });
  const leftOver = owned
    .flatMap((folder) => filesIn(root, folder))
    .flatMap((path): readonly Stale[] => (wanted.has(path) ? [] : [{ path, reason: 'its rule is gone' }]));
  return [...changed, ...leftOver];
}

/** Brings the files on disk up to date and returns what had to change. */
export function write(root: string, artefacts: readonly Artefact[]): readonly Stale[] {
  const changes = stale(root, artefacts);
  const texts = new Map(artefacts.map((artefact) => [artefact.path, artefact.text]));
  for (const { path } of changes) {
    const text = texts.get(path);
    if (text === undefined) rmSync(join(root, path));
    else {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  }
  return changes;
}

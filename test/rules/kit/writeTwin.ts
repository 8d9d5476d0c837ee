import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import type { Fixture } from './fixtures.ts';
import { type Files, root } from './virtualFiles.ts';

/** Writes what fixes leave as the fixture's twin of a kind, for its author to read and commit. */
export function writeTwin(fixture: Fixture, kind: string, result: Files): void {
  if (!fixture.folder) {
    const [path = ''] = fixture.files.keys();
    const extension = extname(fixture.place);
    writeFileSync(`${fixture.place.slice(0, -extension.length)}.${kind}${extension}`, result.get(path) ?? '');
    return;
  }
  for (const [path, text] of result) {
    const place = join(`${fixture.place}.${kind}`, relative(root, path));
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
}

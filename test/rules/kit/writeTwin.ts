import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { parseAnnotated } from './annotations.ts';
import type { Fixture } from './fixtures.ts';
import { keepAnnotations } from './keepAnnotations.ts';
import { type Files, root } from './virtualFiles.ts';

/**
 * Writes what fixes leave as the fixture's twin of a kind, for its author to read and commit. Comments of the twin that
 * is there are kept; a file that is new to a folder takes over what the first lines of the fixture's file say.
 */
export function writeTwin(fixture: Fixture, kind: string, result: Files): void {
  for (const [path, text] of result) {
    // A package.json that is made of directives is so in the twin as well.
    if (!fixture.places.has(path) && text === fixture.files.get(path)) continue;
    const place = placeOf(fixture, kind, path);
    if (place === undefined) continue;
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, withComments(place, path, text, fixture));
  }
}

/** Where the twin's file of a path stands; `undefined` for one that is not written. */
function placeOf(fixture: Fixture, kind: string, path: string): string | undefined {
  const written = fixture.twins.get(kind)?.places.get(path);
  if (written !== undefined) return written;
  const own = fixture.places.get(path);
  if (!fixture.folder) {
    const extension = extname(fixture.place);
    return own === undefined ? undefined : `${fixture.place.slice(0, -extension.length)}.${kind}${extension}`;
  }
  return join(`${fixture.place}.${kind}`, own === undefined ? relative(root, path) : relative(fixture.place, own));
}

function withComments(place: string, path: string, text: string, fixture: Fixture): string {
  const source = existsSync(place) ? readFileSync(place, 'utf8') : '';
  if (source !== '') return keepAnnotations(source, text);
  const own = fixture.places.get(path);
  // The twin of a single file has the directives of its fixture anyhow.
  if (own === undefined || !fixture.folder) return text;
  return [...parseAnnotated(readFileSync(own, 'utf8'), own).head, text].join('\n');
}

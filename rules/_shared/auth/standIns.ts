import { ts } from '#api';
import { lastPart } from '../filePath.ts';
import { nameWords } from '../nameWords.ts';
import { has, set } from '../words.ts';

/** Words in the names of what stands in for the real thing, or whose owner may do everything. */
export const STAND_INS = set(
  'mock mocks mocked fake stub stubs noop null dummy test testing example demo story stories admin superadmin super root owner system allow public',
);

const STAND_IN_FILES = set('mock mocks mocked fake stub stubs story stories');

/** A class or object around that says by its name that it only stands in. */
export function isStandIn(fn: ts.Node, path: string): boolean {
  if (has(nameWords(lastPart(path)), STAND_IN_FILES) || /\/(?:__mocks__|mocks?|stories)\//.test(path)) return true;
  for (let at = fn.parent; at !== undefined; at = at.parent) {
    const name =
      ts.isClassLike(at) || ts.isVariableDeclaration(at) || ts.isFunctionDeclaration(at) ? at.name : undefined;
    if (name !== undefined && ts.isIdentifier(name) && has(nameWords(name.text), STAND_INS)) return true;
  }
  return false;
}

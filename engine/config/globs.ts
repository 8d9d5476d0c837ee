import picomatch from 'picomatch/posix.js';
import { isInside } from '../document/paths.ts';
import type { ConfigOrigin } from './types.ts';

/** A list of globs with the folder they are relative to. */
export interface GlobList {
  /** Absolute, forward slashes, no trailing one. */
  readonly folder: string;
  readonly patterns: readonly string[];
}

/** Globs with the place they are written at. */
export interface SourcedGlobs extends GlobList {
  readonly origin: ConfigOrigin;
}

const MAX_LENGTH = 400;
const MAX_WILDCARDS_PER_SEGMENT = 3;
const MAX_GLOBSTARS = 4;

/**
 * Says why a pattern cannot be used, or `undefined`. The limits keep matching fast whatever the pattern says: a config
 * file of an untrusted workspace must not be able to hang the editor.
 */
export function globProblem(pattern: string): string | undefined {
  if (pattern.trim() === '') return 'An empty pattern matches nothing. Remove it.';
  if (pattern.startsWith('!')) return 'A pattern cannot start with "!". List what to leave out under "exclude".';
  if (pattern.includes('\\')) return 'A pattern uses forward slashes, on Windows too.';
  if (pattern.startsWith('/') || /^[A-Za-z]:/.test(pattern)) {
    return 'A pattern is relative to the folder of its airworthy.json. Remove what stands before that folder.';
  }
  if (pattern.split('/').includes('..')) {
    return 'A pattern cannot leave the folder of its airworthy.json. Put an airworthy.json into the folder above.';
  }
  const segments = pattern.split('/');
  const stars = segments.filter((segment) => segment === '**').length;
  const busy = segments.some(
    (segment) => segment !== '**' && (segment.match(/\*+/g)?.length ?? 0) > MAX_WILDCARDS_PER_SEGMENT,
  );
  if (pattern.length > MAX_LENGTH || stars > MAX_GLOBSTARS || busy || (pattern.match(/[{[]/g)?.length ?? 0) > 8) {
    return 'This pattern has too many wildcards to be matched quickly. Split it into simpler ones.';
  }
  return undefined;
}

/**
 * Matches absolute paths against globs: one without a slash matches a name at any depth, one that names a folder matches
 * all that is in it. Patterns that {@link globProblem} refuses match nothing.
 */
export function globMatcher(list: GlobList): (path: string) => boolean {
  const expanded = list.patterns.flatMap(expand);
  if (expanded.length === 0) return () => false;
  const matches = picomatch(expanded, { dot: true, noextglob: true, nonegate: true });
  const skip = list.folder === '/' ? 1 : list.folder.length + 1;
  return (path) => isInside(path, list.folder) && matches(path.slice(skip));
}

function expand(pattern: string): string[] {
  if (globProblem(pattern) !== undefined) return [];
  // Parentheses are part of folder names ("app/(auth)"); as regular expression syntax they could be made to hang.
  const plain = pattern
    .replace(/^(?:\.\/)+/, '')
    .replace(/\/+$/, '')
    .replace(/[()+|$]/g, '\\$&');
  if (plain === '' || plain === '.') return ['**'];
  const anchored = plain.includes('/') || pattern.startsWith('./') ? plain : `**/${plain}`;
  return [anchored, `${anchored}/**`];
}

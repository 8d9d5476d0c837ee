import type { FileValue } from '#api';
import { folderOf, resolvePath } from '../../_shared/filePath.ts';
import { resolve, type Tsconfigs } from './strictness.ts';
import type { TestTypes } from './testTypesFacet.ts';

/** Wildcards of a pattern that are looked at; nobody writes more. */
const MAX_WILDCARDS = 8;

/** Whether a script of the package builds with a tsconfig that takes in all tests beside or below a configuration of Jest. */
export function builtWithTests(config: string, values: readonly FileValue<TestTypes>[], tsconfigs: Tsconfigs): boolean {
  const folder = folderOf(config);
  const tests = values.flatMap(({ path, value }) => (value.isTest && path.startsWith(`${folder}/`) ? [path] : []));
  if (tests.length === 0) return false;
  const projects = values.flatMap(({ path, value }) =>
    (value.package?.builds ?? []).map((project) => ({ home: folderOf(path), project })),
  );
  return projects
    .filter(({ home }) => home === folder || folder.startsWith(`${home}/`))
    .some(({ home, project }) => {
      const path = resolve(home, project);
      return tsconfigs.has(path) && tests.every((test) => takesIn(path, test, tsconfigs));
    });
}

function takesIn(path: string, file: string, tsconfigs: Tsconfigs): boolean {
  const own = tsconfigs.get(path);
  if (own === undefined) return false;
  const including = inherited(path, 'include', tsconfigs);
  const excluding = inherited(path, 'exclude', tsconfigs);
  // What it inherits may say anything.
  if (including === 'unknown' || excluding === 'unknown') return false;
  const takes = ({ from, patterns }: Patterns, isSure: (match: boolean | undefined) => boolean) =>
    patterns.some((pattern) => isSure(matches(resolvePath(folderOf(from), pattern).slice(1), file.slice(1))));
  const included = takes(including ?? { from: path, patterns: ['**/*'] }, (match) => match === true);
  return included && !(excluding !== undefined && takes(excluding, (match) => match !== false));
}

/** Patterns of a tsconfig, which are read from the folder of the file that says them. */
interface Patterns {
  readonly from: string;
  readonly patterns: readonly string[];
}

/** What a tsconfig says itself or inherits; the nearest file that says it at all holds. */
function inherited(
  path: string,
  key: 'include' | 'exclude',
  tsconfigs: Tsconfigs,
  seen: readonly string[] = [],
): Patterns | 'unknown' | undefined {
  const own = tsconfigs.get(path);
  if (own === undefined || seen.includes(path)) return 'unknown';
  const patterns = own[key];
  if (patterns !== undefined) return { from: path, patterns };
  for (const base of own.extends.toReversed()) {
    const at = tsconfigs.baseOf(path, base);
    if (at === undefined) return 'unknown';
    // Published bases name no files.
    const found = tsconfigs.has(at) ? inherited(at, key, tsconfigs, [...seen, path]) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a pattern of a tsconfig names a file or a folder around it; `undefined` when it is too odd to tell. */
function matches(pattern: string, file: string): boolean | undefined {
  const plain = pattern.replace(/^\.\//, '').replace(/\/+$/, '');
  if (plain === '' || plain === '.') return true;
  if ((plain.match(/\*+/g)?.length ?? 0) > MAX_WILDCARDS) return undefined;
  const source = plain
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\?/g, '[^/]')
    .replace(/\*\*\/|\*+/g, (stars) => (stars === '**/' ? '(?:[^/]+/)*' : stars === '*' ? '[^/]*' : '.*'));
  return new RegExp(`^${source}(?:/.*)?$`).test(file);
}

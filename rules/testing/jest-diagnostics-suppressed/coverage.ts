import type { FileValue } from '#api';
import { folderOf, nearestFolder, resolvePath } from '../../_shared/filePath.ts';
import { projectPaths } from '../../_shared/project/compilerCalls.ts';
import type { Chains } from '../../_shared/project/tsconfigChains.ts';
import type { TestTypes } from './testTypesFacet.ts';

/** Wildcards of a pattern that are looked at; nobody writes more. */
const MAX_WILDCARDS = 8;

/**
 * Whether a script of the package of a folder, or of one above it, compiles with a tsconfig that takes in all tests below that
 * folder.
 */
export function builtWithTests(folder: string, values: readonly FileValue<TestTypes>[], chains: Chains): boolean {
  const tests = values.flatMap(({ path, value }) => (value.isTest && path.startsWith(`${folder}/`) ? [path] : []));
  if (tests.length === 0) return false;
  return values.some(({ path, value }) => {
    const home = folderOf(path);
    if (home !== folder && !folder.startsWith(`${home}/`)) return false;
    return (value.package?.compiles ?? []).some((call) =>
      call.projects.some((project) => {
        const compiled = projectPaths(home, call, project).find((candidate) => chains.all.has(candidate));
        return compiled !== undefined && tests.every((test) => takesIn(compiled, test, chains));
      }),
    );
  });
}

/**
 * Whether all tests below a folder belong to packages of their own further down, each of which has its tests checked: the
 * configuration at the root of a workspace may run the tests of its members.
 */
export function checkedByMembers(
  folder: string,
  values: readonly FileValue<TestTypes>[],
  isChecked: (member: string) => boolean,
): boolean {
  const packages = new Set(values.flatMap(({ path, value }) => (value.package ? [folderOf(path)] : [])));
  const homes = new Set(
    values.flatMap(({ path, value }) =>
      value.isTest && path.startsWith(`${folder}/`) ? [nearestFolder(path, packages)] : [],
    ),
  );
  if (homes.size === 0) return false;
  return [...homes].every((home) => home?.startsWith(`${folder}/`) === true && isChecked(home));
}

function takesIn(path: string, file: string, chains: Chains): boolean {
  const including = inherited(path, 'include', chains);
  const excluding = inherited(path, 'exclude', chains);
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
function inherited(path: string, key: 'include' | 'exclude', chains: Chains): Patterns | 'unknown' | undefined {
  const { links, unknownAt } = chains.of(path);
  const at = links.findIndex(({ tsconfig }) => tsconfig[key] !== undefined);
  // Published bases that are known name no files.
  if (unknownAt !== undefined && (at === -1 || unknownAt <= at)) return 'unknown';
  const link = links[at];
  return link?.tsconfig[key] && { from: link.path, patterns: link.tsconfig[key] };
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

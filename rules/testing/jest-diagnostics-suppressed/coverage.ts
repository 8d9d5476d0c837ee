import type { FileValue } from '#api';
import { folderOf } from '../../_shared/filePath.ts';
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
  // What it inherits may say anything.
  if (own === undefined || (own.extends.length > 0 && own.include === undefined)) return false;
  const relative = file.slice(folderOf(path).length + 1);
  if (!file.startsWith(`${folderOf(path)}/`)) return false;
  const included = (own.include ?? ['**/*']).some((pattern) => matches(pattern, relative));
  return included && !(own.exclude ?? []).some((pattern) => matches(pattern, relative) !== false);
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

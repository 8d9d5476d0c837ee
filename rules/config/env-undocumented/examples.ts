import type { Anchor, ProjectContext } from '#api';
import { folderOf } from '../../_shared/filePath.ts';
import { BESIDE_PROGRAM, FOLDERS, inFolders } from '../../_shared/places.ts';
import { settingsFacet } from './settingsFacet.ts';

/** What is asked of the workspace. */
export type View = Pick<ProjectContext<string, unknown>, 'root' | 'all' | 'exists'>;

/** A variable at one place, and the file that documents what its project reads. */
export interface Variable {
  readonly name: string;
  readonly path: string;
  readonly anchor: Anchor;
  readonly example: string;
}

/** Files that tell people which variables there are. */
const EXAMPLE =
  /\/(?:\.env(?:\.[\w-]+)*\.(?:example|sample|template|dist|defaults?|schema)|\.env\.(?:example|sample|template|dist|defaults?)(?:\.[\w-]+)*|(?:example|sample|template)\.env)$/i;

/** Folders of what people look at, or test with. */
export const ASIDE = inFolders(...BESIDE_PROGRAM, FOLDERS.vendored, FOLDERS.assets, String.raw`\.github`);

/** A file with examples. */
export interface Example {
  readonly path: string;
  readonly variables: readonly { readonly name: string; readonly at: Anchor }[];
}

/** The file with examples of each folder that has one; the shortest name where there are several. */
export function exampleFolders({ all, root }: View): ReadonlyMap<string, Example> {
  const examples = new Map<string, Example>();
  for (const { path, value } of all(settingsFacet)) {
    if (value.variables === undefined || !EXAMPLE.test(path) || ASIDE.test(path.slice(root.length))) continue;
    const known = examples.get(folderOf(path));
    if (known === undefined || known.path.length > path.length) {
      examples.set(folderOf(path), { path, variables: value.variables });
    }
  }
  return examples;
}

/** The example of the nearest folder around a file. */
export function exampleFor(path: string, examples: ReadonlyMap<string, Example>): string | undefined {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
    const example = examples.get(folder);
    if (example !== undefined) return example.path;
  }
  return undefined;
}

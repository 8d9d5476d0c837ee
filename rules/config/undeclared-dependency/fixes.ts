import type { DataNode, Finding, FixContext, FixEdit } from '#api';
import { entryAt, textAt, valueAt } from '../../_shared/dataMembers.ts';
import { folderOf } from '../../_shared/filePath.ts';
import { addDependency } from '../../_shared/project/addDependency.ts';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import { cutsFor } from '../../_shared/removeEntries.ts';

/** Lists the package in the nearest package.json, with the range that another one has or the version that is installed. */
export function addToDependencies(ctx: FixContext<unknown>, { data }: Finding): readonly FixEdit[] | undefined {
  const name = String(data['name']);
  const home = homeOf(ctx);
  const range = home && rangeFor(name, home, ctx);
  if (home === undefined || range === undefined) return undefined;
  const edits = addDependency(home, name, range, ctx);
  return edits.length === 0 ? undefined : edits;
}

/** Moves the package's entry from `devDependencies` to `dependencies`. */
export function moveToDependencies(ctx: FixContext<unknown>, { data }: Finding): readonly FixEdit[] | undefined {
  const name = String(data['name']);
  const home = homeOf(ctx);
  const root = home === undefined ? undefined : rootOf(`${home}/package.json`, ctx);
  const section = valueAt(root, 'devDependencies');
  const range = textAt(root, 'devDependencies', name);
  if (home === undefined || section?.kind !== 'object' || range === undefined) return undefined;
  const added = addDependency(home, name, range, ctx);
  if (added.length === 0) return undefined;
  const path = `${home}/package.json`;
  const cuts = cutsFor(ctx.source(path)?.text ?? '', {
    inner: { start: section.span.start + 1, end: section.span.end - 1 },
    spans: section.entries.map(({ span }) => span),
    removed: new Set([section.entries.findIndex(({ key }) => key === name)]),
  });
  return [...added, ...cuts.map(({ start, end }) => ({ path, start, end, newText: '' }))];
}

/** The folder of the nearest package.json that lists anything. */
function homeOf(ctx: FixContext<unknown>): string | undefined {
  const folders = new Set([...ctx.all(packageFacet)].map(({ path }) => folderOf(path)));
  for (let folder = folderOf(ctx.path); folder !== ''; folder = folderOf(folder)) {
    if (folders.has(folder) && entryAt(rootOf(`${folder}/package.json`, ctx), 'dependencies') !== undefined)
      return folder;
  }
  return undefined;
}

function rangeFor(name: string, home: string, ctx: FixContext<unknown>): string | undefined {
  for (const { path } of ctx.all(packageFacet)) {
    const root = rootOf(path, ctx);
    const range = textAt(root, 'dependencies', name) ?? textAt(root, 'devDependencies', name);
    if (range !== undefined) return range;
  }
  for (let folder = home; folder !== ''; folder = folderOf(folder)) {
    const installed = textAt(rootOf(`${folder}/node_modules/${name}/package.json`, ctx), 'version');
    if (installed !== undefined) return `^${installed}`;
  }
  return undefined;
}

function rootOf(path: string, ctx: FixContext<unknown>): DataNode | undefined {
  const document = ctx.source(path)?.document;
  return document?.language === 'json' && 'roots' in document ? document.roots[0] : undefined;
}

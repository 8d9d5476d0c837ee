import type { Anchor, ProjectContext } from '#api';
import { folderOf } from '../../_shared/filePath.ts';
import { BESIDE_PROGRAM, FOLDERS, inFolders, isOutsideService } from '../../_shared/places.ts';
import { TSCONFIG } from '../../_shared/project/tsconfigBases.ts';
import { Chains } from '../../_shared/project/tsconfigChains.ts';
import { tsconfigFacet } from '../../_shared/project/tsconfigFacet.ts';
import { languageFacet } from './languageFacet.ts';
import { takesJavaScript } from './takesJavaScript.ts';

/** A folder of TypeScript in which JavaScript was left. */
export interface MixedFolder {
  /** Absolute. */
  readonly folder: string;
  readonly files: readonly { readonly path: string; readonly anchor: Anchor }[];
}

/** Folders with what is built, shown as it is, or taken from elsewhere. */
const ASIDE = inFolders(
  ...BESIDE_PROGRAM,
  FOLDERS.built,
  FOLDERS.assets,
  FOLDERS.vendored,
  FOLDERS.tools,
  'output|libs?|es|esm|cjs|umd|coverage|generated|configs?|plugins',
  String.raw`\.\w[\w-]*`,
);

/** A package in which so much is TypeScript was meant to be all of it. */
const MIN_SHARE = 0.75;

/** Folders with sources in both languages, in projects that are nearly all TypeScript and do not ask for JavaScript. */
export function mixedFolders(
  ctx: Pick<ProjectContext<string, unknown>, 'root' | 'all' | 'exists'>,
): readonly MixedFolder[] {
  const typescript = new Map<string, Set<string>>();
  const scripts: { path: string; anchor: Anchor }[] = [];
  for (const { path, value, isTest } of ctx.all(languageFacet)) {
    const folder = folderOf(path);
    if (value.kind === 'javascript') {
      const local = path.slice(ctx.root.length);
      if (!isTest && !isOutsideService(local) && !ASIDE.test(local)) scripts.push({ path, anchor: value.at });
    } else {
      const names = typescript.get(folder) ?? new Set<string>();
      typescript.set(folder, names.add(stemOf(path)));
    }
  }
  const folders = new Map<string, { path: string; anchor: Anchor }[]>();
  for (const script of scripts) {
    const folder = folderOf(script.path);
    const names = typescript.get(folder);
    // Beside a package.json lie the scripts that build and start it.
    if (ctx.exists(`${folder}/package.json`)) continue;
    // Compiled in place, or described by a declaration of its own.
    if (names === undefined || names.has(stemOf(script.path)) || ctx.exists(`${stemOf(script.path)}.d.ts`)) continue;
    const known = folders.get(folder);
    if (known === undefined) folders.set(folder, [script]);
    else known.push(script);
  }
  if (folders.size === 0) return [];
  const projects = projectsByFolder(new Chains([...ctx.all(tsconfigFacet)]));
  return [...folders]
    .filter(([folder]) => isMeantToBeTypeScript(folder, projects, typescript, scripts))
    .map(([folder, files]) => ({ folder, files }));
}

/** Folders with a tsconfig, and whether one of those there takes JavaScript in. */
function projectsByFolder(chains: Chains): ReadonlyMap<string, boolean> {
  const projects = new Map<string, boolean>();
  for (const path of chains.all.keys()) {
    if (!TSCONFIG.test(path)) continue;
    projects.set(folderOf(path), projects.get(folderOf(path)) === true || takesJavaScript(chains, path));
  }
  return projects;
}

/** Whether the nearest tsconfig leaves JavaScript out, and nearly all below its folder is TypeScript. */
function isMeantToBeTypeScript(
  folder: string,
  projects: ReadonlyMap<string, boolean>,
  typescript: ReadonlyMap<string, ReadonlySet<string>>,
  scripts: readonly { readonly path: string }[],
): boolean {
  const above = [...projects].filter(([project]) => `${folder}/`.startsWith(`${project}/`));
  if (above.length === 0 || above.some(([, takesJavaScript]) => takesJavaScript)) return false;
  const home = above.reduce((best, [project]) => (project.length > best.length ? project : best), '');
  const isBelow = (path: string) => `${path}/`.startsWith(`${home}/`);
  let typed = 0;
  for (const [other, names] of typescript) if (isBelow(other)) typed += names.size;
  const untyped = scripts.filter(({ path }) => isBelow(path)).length;
  return typed / (typed + untyped) >= MIN_SHARE;
}

function stemOf(path: string): string {
  return path.replace(/\.[jt]sx?$/, '');
}

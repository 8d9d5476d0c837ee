import type { Anchor, ProjectContext } from '#api';
import { folderOf } from '../../_shared/filePath.ts';
import { BESIDE_PROGRAM, FOLDERS, inFolders, isOutsideService } from '../../_shared/places.ts';
import { importFacet } from '../../_shared/project/importFacet.ts';
import { localTarget } from './localFile.ts';

type View = Pick<ProjectContext<string, unknown>, 'root' | 'all' | 'resolveImport' | 'exists' | 'isIgnored'>;

/** An import that leads to no file. */
export interface MissingFile {
  readonly path: string;
  readonly anchor: Anchor;
  readonly specifier: string;
}

/** Files that builds and generators make, where no ignore file says so. */
const MADE =
  /(?:^|\/)(?:dist[\w-]*|builds?|out|output|gen|pkg|node_modules|\.[\w-]+|[$+]types|target)(?:\/|$)|generated|codegen|compiled|[._-]gen(?:$|[./])|_pb|_grpc|wasm/i;

/** Pictures, styles and so on come from elsewhere more often than code. */
const ASSET =
  /\.(?!(?:[cm]?[jt]sx?|json|vue|svelte)$)(?:css|s[ac]ss|less|styl|svg|png|jpe?g|gif|webp|ico|woff2?|ttf|mp[34]|html?|txt|md|glsl|vert|frag|ya?ml|node|node|wasm|graphql|gql|pug|hbs|ejs|proto|raw|worklet|worker)$/i;

const ASIDE = inFolders(
  ...BESIDE_PROGRAM,
  FOLDERS.vendored,
  FOLDERS.built,
  FOLDERS.assets,
  'codemods?|snippets|schematics|skeletons?',
);

/** Relative imports of production code that lead to no file. */
export function missingFiles(ctx: View): readonly MissingFile[] {
  const missing: MissingFile[] = [];
  for (const { path, value, isTest } of ctx.all(importFacet)) {
    if (isTest || value.local.length === 0) continue;
    const local = path.slice(ctx.root.length);
    if (isOutsideService(local) || ASIDE.test(local)) continue;
    for (const { to, at, isOptional } of value.local) {
      if (isOptional || /[!*${}]/.test(to) || ASSET.test(to.replace(/[?].*/, ''))) continue;
      const target = localTarget(path, to, ctx);
      if (target.isThere || MADE.test(to) || !target.path.startsWith(`${ctx.root}/`)) continue;
      // A build, or somebody by hand, puts it there.
      if (['', '.ts', '.js', '.json'].some((ending) => ctx.isIgnored(`${target.path}${ending}`))) continue;
      // A submodule that is not checked out.
      if (!ctx.exists(folderOf(target.path)) && ctx.exists(`${ctx.root}/.gitmodules`)) continue;
      missing.push({ path, anchor: at, specifier: to });
    }
  }
  return missing;
}

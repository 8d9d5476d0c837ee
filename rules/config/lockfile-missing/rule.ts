import { z } from 'zod';
import { type ProjectContext, rule } from '#api';
import { folderOf } from '../../_shared/filePath.ts';
import { BESIDE_PROGRAM, FOLDERS, inFolders } from '../../_shared/places.ts';
import { lockFacet } from './lockFacet.ts';

/** Lock files by the package manager that writes them. */
const LOCK_FILES: ReadonlyMap<string, readonly string[]> = new Map([
  ['npm', ['package-lock.json', 'npm-shrinkwrap.json']],
  ['Yarn', ['yarn.lock']],
  ['pnpm', ['pnpm-lock.yaml']],
  ['Bun', ['bun.lock', 'bun.lockb']],
]);

/** What else keeps versions: a workspace that names its members in a file of its own, Deno, Rush. */
const OTHERS = ['deno.lock', 'common/config/rush', '.pnp.cjs'];
const WORKSPACE_FILES = ['pnpm-workspace.yaml', 'lerna.json', 'rush.json', 'nx.json', 'turbo.json'];

/** Packages that nobody installs for production. */
const ASIDE = inFolders(...BESIDE_PROGRAM, FOLDERS.built, FOLDERS.assets, FOLDERS.vendored);

type Context = ProjectContext<'missing' | 'several', unknown>;

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Packages without a lock file, and with lock files of several package managers.',
    promise: 'Every installation gets the same versions',
    appliesTo: 'everywhere',
    topics: ['lock file', 'lockfile', 'package-lock', 'reproducible install', 'npm ci', 'pinned dependencies'],
    subject: ['dependencies', 'devDependencies'],
    references: [
      { title: 'npm: package-lock.json', url: 'https://docs.npmjs.com/cli/configuring-npm/package-lock-json' },
      { title: 'npm ci', url: 'https://docs.npmjs.com/cli/commands/npm-ci' },
    ],
    messages: {
      missing:
        'No lock file says which versions are installed, so every build gets those of the day, and what is tested is not what is shipped. Commit the lock file of your package manager.',
      several: {
        text: '{files} stand side by side, and each knows other versions: which of them are installed depends on who installs. Keep the one that the builds use, and name its program in "packageManager".',
        priority: 'P2',
      },
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [lockFacet],
    check(ctx) {
      const packages = new Map([...ctx.all(lockFacet)].map(({ path, value }) => [folderOf(path), { path, value }]));
      for (const [folder, { path, value }] of packages) {
        if (ASIDE.test(path.slice(ctx.root.length))) continue;
        const at = { path, facet: lockFacet, anchor: value.at };
        const locks = locksIn(folder, ctx);
        if (locks.length > 1) ctx.report(at, 'several', { files: locks.join(', ') });
        if (locks.length > 0 || !value.hasDependencies || value.isMember || value.isLibrary) continue;
        const above = foldersAbove(folder, ctx.root);
        const isCovered = [folder, ...above].some((one) => isLocked(one, ctx) || packages.get(one)?.value.isMember);
        const isPart = above.some((one) => packages.get(one)?.value.hasWorkspaces || hasAny(one, WORKSPACE_FILES, ctx));
        if (!isCovered && !isPart) ctx.report(at, 'missing');
      }
    },
  },
});

/** One lock file for each package manager that has one in a folder. */
function locksIn(folder: string, ctx: Context): readonly string[] {
  return [...LOCK_FILES.values()].flatMap((names) => {
    const found = names.find((name) => ctx.exists(`${folder}/${name}`));
    return found === undefined ? [] : [found];
  });
}

function isLocked(folder: string, ctx: Context): boolean {
  return locksIn(folder, ctx).length > 0 || hasAny(folder, OTHERS, ctx);
}

function hasAny(folder: string, names: readonly string[], ctx: Context): boolean {
  return names.some((name) => ctx.exists(`${folder}/${name}`));
}

/** Folders around one, the nearest first, up to the root of the workspace. */
function foldersAbove(folder: string, root: string): readonly string[] {
  const found: string[] = [];
  for (let at = folder; at.length > root.length; ) {
    at = folderOf(at);
    found.push(at);
  }
  return found;
}

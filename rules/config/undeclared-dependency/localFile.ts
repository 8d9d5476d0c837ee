import type { ProjectContext } from '#api';
import { folderOf, resolvePath } from '../../_shared/filePath.ts';

/** What imports leave out, code of platforms and of other languages included. */
const ENDINGS = [
  ...['ts', 'tsx', 'js', 'jsx', 'mjs', 'cjs', 'mts', 'cts', 'd.ts', 'json', 'vue', 'svelte', 'astro', 'node'],
  ...['native', 'ios', 'android', 'web', 'server', 'client'].flatMap((platform) => [
    `${platform}.ts`,
    `${platform}.tsx`,
    `${platform}.js`,
    `${platform}.jsx`,
  ]),
  ...['coffee', 'mdx', 'css', 'scss', 'graphql', 'res.js', 'bs.js', 'd.mts', 'd.cts'],
];

/** Endings by which compiled files are imported, and those of what they are made from. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  js: ['ts', 'tsx', 'jsx', 'd.ts', 'vue', 'native.js', 'web.js'],
  jsx: ['tsx'],
  mjs: ['mts', 'd.mts', 'ts'],
  cjs: ['cts', 'd.cts', 'ts'],
};

/** Where a relative import leads, and whether anything is there: a file, a folder, or what a bundler would make of the path. */
export function localTarget(
  from: string,
  specifier: string,
  ctx: Pick<ProjectContext<string, unknown>, 'resolveImport' | 'exists'>,
): { readonly path: string; readonly isThere: boolean } {
  const bare = specifier.replace(/[?#].*$/, '');
  const path = resolvePath(folderOf(from), bare);
  if (ctx.resolveImport(from, bare) !== undefined || ctx.exists(path)) return { path, isThere: true };
  const ending = /\.([cm]?jsx?)$/.exec(path)?.[1];
  const stem = ending === undefined ? path : path.slice(0, -ending.length - 1);
  const isThere =
    ENDINGS.some((one) => ctx.exists(`${path}.${one}`)) ||
    (SOURCES[ending ?? ''] ?? []).some((one) => ctx.exists(`${stem}.${one}`));
  return { path, isThere };
}

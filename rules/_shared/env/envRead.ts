import type { FixContext } from '#api';
import { folderOf, resolvePath } from '../filePath.ts';
import { quoteMark } from '../layout.ts';
import { isPageFile } from '../web/serverFile.ts';

type Context = Pick<FixContext<unknown>, 'path' | 'text' | 'header' | 'source' | 'exists'>;

/**
 * How the code of a fix reads a variable: `process.env.X`, or `process.env['X']` where the file writes that or its compiler
 * asks for it. `undefined` where the code may run without `process`, as in pages and Workers of Cloudflare.
 */
export function envRead(ctx: Context, name: string): string | undefined {
  // Next.js knows `process.env` in pages as well.
  const isPage = isPageFile(ctx.header) && ctx.header.dependency('next') === undefined;
  if (!/\bprocess\.env\b/.test(ctx.text) && (isPage || isWorker(ctx))) return undefined;
  const quote = quoteMark(ctx.text);
  return wantsBrackets(ctx) ? `process.env[${quote}${name}${quote}]` : `process.env.${name}`;
}

/**
 * Whether code can read any variable by its name. In pages a bundler puts values in the place of variables that are written
 * out, and Workers are handed theirs.
 */
export function hasEnvironment(place: Pick<Context, 'path' | 'header' | 'exists'>): boolean {
  return !isPageFile(place.header) && !isWorker(place);
}

function isWorker({ path, header, exists }: Pick<Context, 'path' | 'header' | 'exists'>): boolean {
  if (header.dependency('wrangler') !== undefined || header.dependency('@cloudflare/workers-types') !== undefined)
    return true;
  const [home] = foldersAbove(path).filter((folder) => exists(`${folder}/package.json`));
  return ['toml', 'json', 'jsonc'].some((extension) => exists(`${home ?? folderOf(path)}/wrangler.${extension}`));
}

function wantsBrackets({ path, text, source }: Context): boolean {
  if (/\bprocess\.env\[['"]/.test(text)) return true;
  if (/\bprocess\.env\.\w/.test(text) || !/\.[cm]?tsx?$/.test(path)) return false;
  const config = foldersAbove(path)
    .map((folder) => `${folder}/tsconfig.json`)
    .find((name) => source(name) !== undefined);
  return config !== undefined && asksForBrackets(config, source);
}

/** A chain of `extends` is not longer. */
const MAX_BASES = 5;

function asksForBrackets(config: string, source: Context['source']): boolean {
  let path = config;
  for (let depth = 0; depth < MAX_BASES; depth++) {
    const text = source(path)?.text ?? '';
    const own = /"noPropertyAccessFromIndexSignature"\s*:\s*(true|false)/.exec(text)?.[1];
    if (own !== undefined) return own === 'true';
    const base = /"extends"\s*:\s*\[?\s*"([^"]+)"/.exec(text)?.[1];
    if (base === undefined) return false;
    if (!base.startsWith('.')) return base.includes('strictest');
    path = resolvePath(folderOf(path), base.endsWith('.json') ? base : `${base}.json`);
  }
  return false;
}

function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) folders.push(folder);
  return folders;
}

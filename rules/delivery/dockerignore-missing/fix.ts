import type { Finding, FixContext, FixEdit } from '#api';
import { composeFacet } from '../../_shared/delivery/composeBuilds.ts';
import { folderOf } from '../../_shared/filePath.ts';
import { lineEnd } from '../../_shared/layout.ts';
import { PATTERNS, type RISKS, unusedRisks } from './risks.ts';

/** The order in which people write them. */
const WRITTEN = ['.git', 'node_modules', '.env'] as const satisfies (typeof RISKS)[number][];

/** Writes the file with what no image needs, as far as the Dockerfile does not use it. */
export function createFile(ctx: FixContext<unknown>): FixEdit[] | undefined {
  const folder = contextOf(ctx);
  if (folder === undefined || ctx.document.language !== 'dockerfile') return undefined;
  const unused = unusedRisks(ctx.document);
  const lines = [...WRITTEN.filter((risk) => unused.includes(risk)).flatMap((risk) => PATTERNS[risk]), '**/*.log'];
  const end = lineEnd(ctx.text);
  return [{ path: `${folder}/.dockerignore`, create: lines.map((line) => `${line}${end}`).join('') }];
}

/** Adds what the list lets in, at its end, where nothing takes it back. */
export function extendFile(ctx: FixContext<unknown>, { data, related }: Finding): FixEdit[] | undefined {
  const source = related[0] && ctx.source(related[0].path);
  if (source === undefined) return undefined;
  const { path, text } = source;
  const names = String(data['names'])
    .split(' and ')
    .flatMap((part) => part.split(', '));
  const lines = WRITTEN.filter((risk) => names.includes(risk)).flatMap((risk) => PATTERNS[risk]);
  const end = lineEnd(text === '' ? ctx.text : text);
  const lead = text === '' || text.endsWith('\n') ? '' : end;
  return [
    { path, start: text.length, end: text.length, newText: lead + lines.map((line) => `${line}${end}`).join('') },
  ];
}

/** The folder that is handed to the build; `undefined` where that does not show. */
function contextOf(ctx: FixContext<unknown>): string | undefined {
  const contexts = new Set<string>();
  for (const { value } of ctx.all(composeFacet)) {
    for (const { dockerfile, context } of value) if (dockerfile === ctx.path) contexts.add(context);
  }
  const [only] = contexts;
  if (only !== undefined) return contexts.size === 1 ? only : undefined;
  const folder = folderOf(ctx.path);
  return ctx.exists(`${folder}/package.json`) ? folder : undefined;
}

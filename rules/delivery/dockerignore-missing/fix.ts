import type { FixContext, FixEdit } from '#api';
import { composeFacet } from '../../_shared/delivery/composeBuilds.ts';
import { folderOf } from '../../_shared/filePath.ts';
import { lineEnd } from '../../_shared/layout.ts';

/** Writes the file with what no image needs, as far as the Dockerfile does not use it. */
export function createFile(ctx: FixContext<unknown>): FixEdit[] | undefined {
  const folder = contextOf(ctx);
  if (folder === undefined || ctx.document.language !== 'dockerfile') return undefined;
  const said = ctx.document.instructions.map(({ keyword, argument }) => ({ keyword, argument }));
  const runs = (pattern: RegExp): boolean => said.some((each) => each.keyword === 'RUN' && pattern.test(each.argument));
  const copies = (pattern: RegExp): boolean =>
    said.some((each) => /^(?:COPY|ADD)$/.test(each.keyword) && pattern.test(each.argument));
  const installs = runs(/\b(?:npm|pnpm|yarn|bun)\b(?:\s+-\S+)*(?:\s+(?:ci|install|i|add)\b|\s*(?:$|&&))/);
  const usesEnv = copies(/(?:^|[\s/])\.env\b/) || runs(/\.env\b/);
  const lines = [
    ...(runs(/\bgit\b|\.git\b/) || copies(/(?:^|\s)\.git\b/) ? [] : ['.git']),
    ...(installs && !copies(/(?:^|\s|\.\/)node_modules\b(?!.*--from)/) ? ['**/node_modules'] : []),
    ...(usesEnv ? [] : ['**/.env', '**/.env.*', '!**/.env.example']),
    '**/*.log',
  ];
  const end = lineEnd(ctx.text);
  return [{ path: `${folder}/.dockerignore`, create: lines.map((line) => `${line}${end}`).join('') }];
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

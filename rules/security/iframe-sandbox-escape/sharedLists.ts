import type { Anchor, ProjectContext } from '#api';
import { importFacet } from '../../_shared/project/importFacet.ts';
import { hasBoth, isVocabulary } from './escapes.ts';
import { type Given, listsFacet, type TokenList } from './listsFacet.ts';

type Context = ProjectContext<'both' | 'foreign', unknown>;

/** A frame that gets both tokens with the help of another file. */
export interface SharedEscape {
  readonly path: string;
  readonly at: Anchor;
  readonly host: string | undefined;
  /** The list that stands elsewhere. */
  readonly list: TokenList & { readonly path: string };
}

/** How many files may hand a list on before it is there. */
const MAX_FILES = 3;

/** Frames whose tokens, together with those of lists in other files, let them take off their sandbox. */
export function* sharedEscapes(ctx: Context): Generator<SharedEscape> {
  for (const { path, value } of ctx.all(listsFacet)) {
    for (const { at, given, host } of value.frames) {
      const known = given.map((part) => ({ part, list: 'module' in part ? listOf(path, part, ctx) : undefined }));
      const list = known.find((one) => one.list !== undefined)?.list;
      const own = given.flatMap((part) => ('token' in part ? [part.token] : []));
      // What this file tells alone is found without its imports.
      if (list === undefined || hasBoth(own.map((token) => ({ value: token })))) continue;
      const tokensWhere = (isLast: boolean) =>
        known.flatMap(({ part, list: from }) => {
          if (part.isLast !== isLast) return [];
          return ('token' in part ? [part.token] : (from?.tokens ?? [])).map((token) => ({ value: token }));
        });
      const last = tokensWhere(true);
      const all = [...tokensWhere(false), ...last];
      const isComplete = hasBoth(all) && !hasBoth(tokensWhere(false));
      if (isComplete && !isVocabulary(all)) yield { path, at, host, list };
    }
  }
}

function listOf(
  path: string,
  { module, name }: Extract<Given, { module: string }>,
  ctx: Context,
): SharedEscape['list'] | undefined {
  const target = ctx.resolveImport(path, module);
  return target === undefined ? undefined : listIn(target, name, ctx, MAX_FILES);
}

/** The list in a file, or in one that it imports and hands on under the same name. */
function listIn(path: string, name: string, ctx: Context, files: number): SharedEscape['list'] | undefined {
  const lists = ctx.get(path, listsFacet)?.lists ?? {};
  const own = Object.hasOwn(lists, name) ? lists[name] : undefined;
  if (own !== undefined) return { ...own, path };
  if (files === 0 || name === '') return undefined;
  for (const { to } of ctx.get(path, importFacet)?.local ?? []) {
    const target = ctx.resolveImport(path, to);
    const found = target === undefined ? undefined : listIn(target, name, ctx, files - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

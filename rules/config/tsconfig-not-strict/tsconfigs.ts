import { type Anchor, type DataDocument, type DataNode, type FacetContext, facet } from '#api';
import { entryAt, textAt } from '../../_shared/dataMembers.ts';
import { TSCONFIG } from '../../_shared/project/tsconfigBases.ts';

/** What one file says about how strictly the compiler reads. */
export interface Strictness {
  readonly tsconfig?: Tsconfig;
  readonly package?: {
    readonly name: string;
    /** The range of the compiler that it depends on. */
    readonly typescript?: string;
  };
}

export interface Tsconfig {
  readonly extends: readonly string[];
  readonly options: Readonly<Record<string, { readonly on: boolean; readonly at: Anchor }>>;
  /** The key `compilerOptions`, or what stands first in the file. */
  readonly at: Anchor;
  /** It sets more than where modules are looked for, as files for editors alone do. */
  readonly compiles: boolean;
  /** It names other projects and has no files of its own. */
  readonly isSolution: boolean;
  /** Paths of other projects as written. */
  readonly references: readonly string[];
}

/** Options of the strict family. */
export const FAMILY = [
  'strictNullChecks',
  'noImplicitAny',
  'strictFunctionTypes',
  'strictBindCallApply',
  'noImplicitThis',
  'strictPropertyInitialization',
  'useUnknownInCatchVariables',
] as const;
/** Options beyond the family that find mistakes. */
export const BEYOND = ['noImplicitReturns', 'noUncheckedIndexedAccess'] as const;

/** Strictness of every tsconfig, with the names and compilers of packages. */
export const strictnessFacet = facet<never, Strictness>({
  name: 'config/strictness',
  documents: {
    languages: ['json'],
    fold(document, ctx) {
      if (document.language !== 'json') return undefined;
      const [root] = document.roots;
      if (ctx.path.endsWith('/package.json')) {
        const typescript = textAt(root, 'devDependencies', 'typescript') ?? textAt(root, 'dependencies', 'typescript');
        return { package: { name: textAt(root, 'name') ?? '', ...(typescript !== undefined && { typescript }) } };
      }
      return root?.kind === 'object' && isTsconfig(ctx.path, root)
        ? { tsconfig: foldTsconfig(document, ctx) }
        : undefined;
    },
  },
});

/** By its name, or because it has what only a tsconfig has: bases of a package may have any name. */
function isTsconfig(path: string, root: DataNode): boolean {
  return (
    TSCONFIG.test(path) ||
    (!/(?:^|\/)(?:jsconfig|package)[^/]*\.json$/.test(path) && entryAt(root, 'compilerOptions') !== undefined)
  );
}

function foldTsconfig({ roots: [root] }: DataDocument, ctx: Omit<FacetContext, 'header'>): Tsconfig {
  const options = entryAt(root, 'compilerOptions');
  const first = root?.kind === 'object' ? root.entries[0] : undefined;
  const files = entryAt(root, 'files')?.value;
  return {
    extends: texts(entryAt(root, 'extends')?.value),
    at: ctx.at(options?.keySpan ?? first?.keySpan ?? { start: 0, end: 0 }),
    options: Object.fromEntries(
      ['strict', ...FAMILY, ...BEYOND].flatMap((name) => {
        const entry = entryAt(options?.value, name);
        const value = entry?.value?.kind === 'scalar' ? entry.value.value : undefined;
        return entry !== undefined && typeof value === 'boolean' ? [[name, { on: value, at: ctx.at(entry.span) }]] : [];
      }),
    ),
    compiles:
      options?.value?.kind === 'object' &&
      options.value.entries.some(({ key }) => !/^(?:baseUrl|paths|jsx|allowJs|checkJs|noEmit)$/.test(key)),
    references: referencesIn(entryAt(root, 'references')?.value),
    isSolution: entryAt(root, 'references') !== undefined && files?.kind === 'array' && files.items.length === 0,
  };
}

function referencesIn(node: DataNode | undefined): readonly string[] {
  return node?.kind === 'array' ? node.items.flatMap((item) => textAt(item, 'path') ?? []) : [];
}

function texts(node: DataNode | undefined): readonly string[] {
  if (node?.kind === 'array') return node.items.flatMap(texts);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? [node.value] : [];
}

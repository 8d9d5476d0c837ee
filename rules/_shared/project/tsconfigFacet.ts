import { type Anchor, type DataDocument, type DataNode, type FacetContext, facet } from '#api';
import { entryAt, textAt } from '../dataMembers.ts';
import { TSCONFIG } from './tsconfigBases.ts';

/** What one file says about how TypeScript is compiled. */
export interface Compiling {
  readonly tsconfig?: Tsconfig;
  readonly package?: {
    readonly name: string;
    /** The range of the compiler that it depends on. */
    readonly typescript?: string;
  };
}

/** A tsconfig, or a base of some: each by itself, without what it extends. */
export interface Tsconfig {
  /** As written, in source order: of several bases the last one wins. */
  readonly extends: readonly string[];
  /** Those of {@link SWITCHES} that it sets. */
  readonly options: Readonly<Record<string, { readonly on: boolean; readonly at: Anchor }>>;
  /** The key `compilerOptions`, or what stands first in the file. */
  readonly at: Anchor;
  /** It sets more than where modules are looked for, as files for editors alone do. */
  readonly compiles: boolean;
  /** It names other projects and has no files of its own. */
  readonly isSolution: boolean;
  /** Paths of other projects as written. */
  readonly references: readonly string[];
  /** Patterns of its files; `files` stands for `include` where that is missing. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

/** Options of the strict family. */
export const STRICT_FAMILY = [
  'strictNullChecks',
  'noImplicitAny',
  'strictFunctionTypes',
  'strictBindCallApply',
  'noImplicitThis',
  'strictPropertyInitialization',
  'useUnknownInCatchVariables',
] as const;

/** Options that are on or off and that rules ask about. */
const SWITCHES = [
  'strict',
  ...STRICT_FAMILY,
  'noImplicitReturns',
  'noUncheckedIndexedAccess',
  'allowJs',
  'checkJs',
  'noEmit',
  'emitDeclarationOnly',
  'noEmitOnError',
  'isolatedModules',
];

/** Every tsconfig and every base of one, under whatever name, with the names and compilers of packages. */
export const tsconfigFacet = facet<never, Compiling>({
  name: 'project/tsconfigs',
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
  if (TSCONFIG.test(path)) return true;
  if (/(?:^|\/)(?:jsconfig|package)[^/]*\.json$/.test(path) || root.kind !== 'object') return false;
  return entryAt(root, 'compilerOptions') !== undefined || isLink(root.entries.map(({ key }) => key));
}

/** A base that only takes in another one, or says which files there are. */
function isLink(keys: readonly string[]): boolean {
  return (
    keys.includes('extends') &&
    keys.every((key) => /^(?:\$schema|display|_version|extends|include|exclude|files|references)$/.test(key))
  );
}

function foldTsconfig({ roots: [root] }: DataDocument, ctx: Omit<FacetContext, 'header'>): Tsconfig {
  const options = entryAt(root, 'compilerOptions');
  const first = root?.kind === 'object' ? root.entries[0] : undefined;
  const files = entryAt(root, 'files')?.value;
  const include = entryAt(root, 'include')?.value ?? files;
  const exclude = entryAt(root, 'exclude')?.value;
  return {
    extends: texts(entryAt(root, 'extends')?.value),
    at: ctx.at(options?.keySpan ?? first?.keySpan ?? { start: 0, end: 0 }),
    options: Object.fromEntries(
      SWITCHES.flatMap((name) => {
        const entry = entryAt(options?.value, name);
        const value = entry?.value?.kind === 'scalar' ? entry.value.value : undefined;
        return entry !== undefined && typeof value === 'boolean' ? [[name, { on: value, at: ctx.at(entry.span) }]] : [];
      }),
    ),
    compiles:
      options?.value?.kind === 'object' &&
      options.value.entries.some(({ key }) => !/^(?:baseUrl|paths|jsx|allowJs|checkJs|noEmit)$/.test(key)),
    references: referencesIn(entryAt(root, 'references')?.value),
    // `files: []`, or `include: []` without files.
    isSolution: entryAt(root, 'references') !== undefined && isEmptyList(files ?? include),
    ...(include !== undefined && { include: texts(include) }),
    ...(exclude !== undefined && { exclude: texts(exclude) }),
  };
}

function isEmptyList(node: DataNode | undefined): boolean {
  return node?.kind === 'array' && node.items.length === 0;
}

function referencesIn(node: DataNode | undefined): readonly string[] {
  return node?.kind === 'array' ? node.items.flatMap((item) => textAt(item, 'path') ?? []) : [];
}

/** One text or a list of them. */
function texts(node: DataNode | undefined): readonly string[] {
  if (node?.kind === 'array') return node.items.flatMap(texts);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? [node.value] : [];
}

import { type Anchor, type DataDocument, type FacetContext, facet, ts, unwrap } from '#api';
import { constant, propertyKey } from '../../_shared/calls.ts';
import { entryAt, keysOf } from '../../_shared/dataMembers.ts';
import { isDevelopmentOnly } from '../../_shared/developmentBranch.ts';
import { type CompilerCall, compilerCalls } from '../../_shared/project/compilerCalls.ts';
import { checksTypes, TYPE_CHECK } from '../../_shared/typeChecks.ts';
import { isTranspiler, swallowedChecks } from './scripts.ts';

/** What a setting switches off. */
export type Setting = 'types' | 'lint' | 'transpileOnly';

/** What one file says about the checks of builds. */
export interface BuildChecks {
  readonly settings?: readonly { readonly setting: Setting; readonly at: Anchor }[];
  readonly package?: PackageChecks;
  /** A workflow checks types, or lints, in a step of its own. */
  readonly workflow?: { readonly types: boolean; readonly lint: boolean };
}

export interface PackageChecks {
  /** Some script runs the compiler, or something that checks types like it. */
  readonly types: boolean;
  /** A script or a commit hook of its own checks types. */
  readonly typesApart: boolean;
  /** Something that people cannot pass by lints: a hook. */
  readonly lintHook: boolean;
  readonly hasTypeScript: boolean;
  /** A dependency checks types inside of builds or tests. */
  readonly hasChecker: boolean;
  /** Calls of the compiler by which scripts write JavaScript. */
  readonly compiles: readonly CompilerCall[];
  /** Builds by tools that only strip types. */
  readonly transpiled: readonly { readonly command: string; readonly at: Anchor }[];
  /** Places where a script goes on although the compiler failed. */
  readonly swallowed: readonly { readonly command: string; readonly at: Anchor }[];
}

const NEXT_CONFIG = /(?:^|\/)next\.config\.[cm]?[jt]s$/;
const WEBPACK_CONFIG = /(?:^|\/)(?:webpack|rspack|craco)[\w.-]*\.[cm]?[jt]s$|(?:^|\/)webpack\/[^/]+\.[cm]?[jt]s$/;
const WORKFLOW =
  /\/(?:\.github\/workflows\/[^/]+|\.github\/actions\/.+|\.gitlab-ci|\.gitlab\/[^/]+|azure-pipelines[\w.-]*|\.circleci\/[^/]+)\.ya?ml$/;
const TYPE_WORDS = /\btsc\b|type-?check|check-?types|types:check|check:types/i;

/** By name: the member it has to stand in, and what it switches off. */
const SETTINGS: ReadonlyMap<string, { readonly owner: string; readonly setting: Setting }> = new Map([
  ['ignoreBuildErrors', { owner: 'typescript', setting: 'types' }],
  ['ignoreDuringBuilds', { owner: 'eslint', setting: 'lint' }],
  ['transpileOnly', { owner: 'options', setting: 'transpileOnly' }],
]);

/** Checks of builds that are switched off, and the places that check all the same. */
export const buildChecksFacet = facet<ts.PropertyAssignment, BuildChecks>({
  name: 'config/build-checks',
  collect: {
    PropertyAssignment: {
      named: SETTINGS,
      listen: (node, { path }) => {
        const key = propertyKey(node.name);
        const known = key === undefined ? undefined : SETTINGS.get(key);
        if (known === undefined || constant(node.initializer)?.value !== true) return undefined;
        const matches = known.setting === 'transpileOnly' ? WEBPACK_CONFIG : NEXT_CONFIG;
        return matches.test(path) && ownerOf(node) === known.owner ? node : undefined;
      },
    },
  },
  fold(scope, ctx) {
    const settings = [...scope.all()].flatMap((node) => {
      const { setting } = SETTINGS.get(propertyKey(node.name) ?? '') ?? {};
      if (setting === undefined || isDevelopmentOnly(node)) return [];
      if (setting === 'transpileOnly' && /fork-?ts-?checker|\bdevelopment\b|devServer/i.test(ctx.file.text)) return [];
      // Next 16 does not lint builds any more.
      if (setting === 'lint' && (majorOf(ctx.header.dependency('next')) ?? 0) >= 16) return [];
      return [{ setting, at: ctx.at(node) }];
    });
    return settings.length === 0 ? undefined : { settings };
  },
  documents: {
    languages: ['json', 'yaml'],
    fold(document, ctx) {
      if (document.language === 'yaml') {
        if (!WORKFLOW.test(ctx.path)) return undefined;
        const { text } = document;
        return { workflow: { types: TYPE_CHECK.test(text) || TYPE_WORDS.test(text), lint: saysLint(text) } };
      }
      if (document.language !== 'json') return undefined;
      return ctx.path.endsWith('/package.json') ? { package: foldPackage(document, ctx) } : undefined;
    },
  },
});

/** Whether a text of a workflow, or a command that one leads to, lints. */
export function saysLint(text: string): boolean {
  return /\blint\b|\beslint\b|\bbiome\b/.test(text);
}

/** The name of the member whose object a member stands in; of the variable, for an object that has one to itself. */
function ownerOf(node: ts.PropertyAssignment): string | undefined {
  let owner: ts.Node = node.parent.parent;
  while (unwrap(owner) === node.parent && owner.parent !== undefined) owner = owner.parent;
  if (ts.isPropertyAssignment(owner)) return propertyKey(owner.name);
  return ts.isVariableDeclaration(owner) && ts.isIdentifier(owner.name) ? owner.name.text : undefined;
}

/** The first number of a version range; `undefined` for tags and addresses. */
function majorOf(range: string | undefined): number | undefined {
  const match = /^[\^~>=v\s]*(\d+)/.exec(range ?? '');
  return match === null ? undefined : Number(match[1]);
}

function foldPackage({ text, roots: [root] }: DataDocument, ctx: Omit<FacetContext, 'header'>): PackageChecks {
  const dependencies = ['dependencies', 'devDependencies', 'peerDependencies'].flatMap((kind) =>
    keysOf(entryAt(root, kind)?.value),
  );
  const has = (pattern: RegExp): boolean => dependencies.some((name) => pattern.test(name));
  const node = entryAt(root, 'scripts')?.value;
  const scripts = (node?.kind === 'object' ? node.entries : []).flatMap(({ key, value }) =>
    value?.kind === 'scalar' && typeof value.value === 'string'
      ? [{ name: key, command: value.value, span: value.span }]
      : [],
  );
  const commands = scripts.map(({ command }) => command).join('\n');
  const hooks = ['lint-staged', 'husky', 'simple-git-hooks', 'pre-commit'].some((key) => entryAt(root, key));
  const declares = ['types', 'typings'].some((key) => entryAt(root, key)) || /\.d\.[cm]?ts"/.test(text);
  return {
    types: /\b(?:vue-|svelte-)?tsc\b|svelte-check|astro check|nuxi typecheck|--typecheck|next build/.test(commands),
    typesApart: scripts.some(({ name, command }) => checksTypes(name, command)),
    lintHook: hooks && /eslint|biome|oxlint/.test(text),
    hasTypeScript: has(/^typescript$/),
    hasChecker: has(
      /^(?:vite-plugin-(?:checker|dts)|unplugin-dts|fork-ts-checker-webpack-plugin|ts-jest|ts-loader|@angular\/.*)$/,
    ),
    compiles: scripts.flatMap(({ command }) =>
      compilerCalls(command).filter(({ writes, watches }) => writes && !watches),
    ),
    transpiled: scripts.flatMap(({ name, command, span }) =>
      isTranspiler(name, command) && !declares ? [{ command, at: ctx.at(span) }] : [],
    ),
    swallowed: scripts.flatMap(({ name, span }) =>
      swallowedChecks(name, text, span).map(({ command, span: at }) => ({ command, at: ctx.at(at) })),
    ),
  };
}

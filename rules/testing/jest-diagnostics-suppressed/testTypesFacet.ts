import { type Anchor, type DataDocument, type DataNode, type FacetContext, facet, type ts } from '#api';
import { keysOf, textAt, valueAt } from '../../_shared/dataMembers.ts';
import { type CompilerCall, compilerCalls } from '../../_shared/project/compilerCalls.ts';
import { isJestJson, TEST_FILE } from '../../_shared/testing/configFiles.ts';
import { fromData, fromSource, isValue, memberOf, type Setting } from '../../_shared/testing/setting.ts';
import { checksTypes, TYPE_CHECK } from '../../_shared/typeChecks.ts';
import { type Placed, placeInSource } from './placed.ts';
import { optionsInJson, presetOptions, tsJestOptions } from './tsJestOptions.ts';

/** Compiler options of the strict family whose loss hides mistakes. */
export const STRICT_FLAGS = [
  'strict',
  'strictNullChecks',
  'noImplicitAny',
  'strictFunctionTypes',
  'strictBindCallApply',
  'noImplicitThis',
] as const;

export interface Flag {
  readonly name: string;
  readonly on: boolean;
  readonly at: Anchor;
}

/** What a file says about how the types of tests are checked. */
export interface TestTypes {
  /** Set for files with options of ts-jest. */
  readonly jest?: {
    /** `isolatedModules` and `transpilation`, which leave types unchecked. */
    readonly transpileOnly: readonly (Placed & { readonly name: string; readonly at: Anchor })[];
    /** Compiler options written into the configuration of Jest. */
    readonly flags: readonly (Placed & Flag)[];
    /** Paths to a tsconfig as written. */
    readonly tsconfigs: readonly (Placed & { readonly path: string })[];
  };
  readonly package?: {
    readonly usesJest: boolean;
    readonly checksTypes: boolean;
    /** Calls of the compiler in scripts. */
    readonly compiles: readonly CompilerCall[];
    /** The range of ts-jest that it depends on. */
    readonly tsJest?: string;
  };
  /** It holds tests. */
  readonly isTest?: true;
  /** A workflow checks types in a step of its own. */
  readonly workflowChecksTypes?: true;
}

const WORKFLOW = /(?:^|\/)\.github\/(?:workflows\/[^/]+|actions\/.+)\.ya?ml$/;

/** Options of ts-jest, and whether something else checks the types. */
export const testTypesFacet = facet<ts.Expression | 'test', TestTypes>({
  name: 'testing/test-types',
  collect: {
    ...tsJestOptions,
    CallExpression: {
      named: /^(?:describe|it|test|each|only|skip)$|Preset$/,
      imported: true,
      listen: (node, ctx) =>
        TEST_FILE.test(ctx.path) &&
        /(?:^global)?#(?:describe|it|test)\b/.test(ctx.header.resolve(node.expression) ?? '')
          ? 'test'
          : presetOptions(node, ctx),
    },
  },
  fold(scope, ctx) {
    // Names are not looked up: what they stand for may be in another statement.
    const facts = [...scope.all()];
    if (facts.includes('test')) return { isTest: true };
    return factsOf(
      facts.flatMap((fact) =>
        fact === 'test' ? [] : [{ options: fromSource(fact, () => undefined), placed: placeInSource(fact) }],
      ),
      ctx,
    );
  },
  documents: {
    languages: ['json', 'yaml'],
    fold(document, ctx) {
      if (document.language === 'yaml') {
        const checks = WORKFLOW.test(ctx.path) && TYPE_CHECK.test(document.text);
        return checks ? { workflowChecksTypes: true } : undefined;
      }
      return document.language === 'json' ? foldJson(document, ctx) : undefined;
    },
  },
});

function foldJson({ roots: [root] }: DataDocument, ctx: Omit<FacetContext, 'header'>): TestTypes | undefined {
  if (!isJestJson(ctx.path)) return undefined;
  const facts = factsOf(
    optionsInJson(ctx.path, root).map(({ node, placed }) => ({ options: fromData(node), placed })),
    ctx,
  );
  return ctx.path.endsWith('/package.json') ? { ...facts, package: packageFacts(root) } : facts;
}

/** Options of ts-jest and where they stand. */
interface PlacedOptions {
  readonly options: Setting;
  readonly placed: Placed;
}

function factsOf(all: readonly PlacedOptions[], ctx: Pick<FacetContext, 'at'>): TestTypes | undefined {
  if (all.length === 0) return undefined;
  const transpileOnly: NonNullable<TestTypes['jest']>['transpileOnly'][number][] = [];
  const flags: (Placed & Flag)[] = [];
  const tsconfigs: (Placed & { path: string })[] = [];
  for (const { options, placed } of all) {
    for (const name of ['isolatedModules', 'transpilation']) {
      const found = memberOf(options, name);
      if (found !== undefined && isValue(found.value, true)) {
        transpileOnly.push({ ...placed, name, at: ctx.at(found.place) });
      }
    }
    const tsconfig = (memberOf(options, 'tsconfig') ?? memberOf(options, 'tsConfig'))?.value;
    if (tsconfig?.kind === 'value' && typeof tsconfig.value === 'string') {
      tsconfigs.push({ ...placed, path: tsconfig.value });
    }
    if (tsconfig?.kind === 'object') flags.push(...flagsIn(tsconfig, ctx).map((flag) => ({ ...placed, ...flag })));
  }
  return { jest: { transpileOnly, flags, tsconfigs } };
}

function flagsIn(options: Setting, ctx: Pick<FacetContext, 'at'>): Flag[] {
  return STRICT_FLAGS.flatMap((name) => {
    const found = memberOf(options, name);
    if (found?.value.kind !== 'value' || typeof found.value.value !== 'boolean') return [];
    return [{ name, on: found.value.value, at: ctx.at(found.place) }];
  });
}

function packageFacts(root: DataNode | undefined): NonNullable<TestTypes['package']> {
  const names = ['dependencies', 'devDependencies'].flatMap((kind) => keysOf(valueAt(root, kind)));
  const scripts = valueAt(root, 'scripts');
  const commands = (scripts?.kind === 'object' ? scripts.entries : []).flatMap(({ key, value }) =>
    value?.kind === 'scalar' ? [{ key, command: String(value.value) }] : [],
  );
  const tsJest = textAt(root, 'devDependencies', 'ts-jest') ?? textAt(root, 'dependencies', 'ts-jest');
  return {
    ...(tsJest !== undefined && { tsJest }),
    usesJest:
      valueAt(root, 'jest') !== undefined ||
      names.includes('jest') ||
      names.includes('ts-jest') ||
      commands.some(({ command }) => /\bjest\b/.test(command)),
    // Next.js checks all that its tsconfig takes in.
    checksTypes: commands.some(({ key, command }) => checksTypes(key, command) || /\bnext build\b/.test(command)),
    compiles: commands.flatMap(({ command }) => compilerCalls(command)),
  };
}

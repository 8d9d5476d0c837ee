import { type Anchor, type DataDocument, type DataNode, type FacetContext, facet, type ts } from '#api';
import { keysOf, valueAt } from '../../_shared/dataMembers.ts';
import { type CompilerCall, compilerCalls } from '../../_shared/project/compilerCalls.ts';
import { isJestJson, TEST_FILE } from '../../_shared/testing/configFiles.ts';
import { fromData, fromSource, isValue, memberOf, type Setting } from '../../_shared/testing/setting.ts';
import { checksTypes, TYPE_CHECK } from '../../_shared/typeChecks.ts';
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
    readonly transpileOnly: readonly { readonly name: string; readonly at: Anchor }[];
    /** Compiler options written into the configuration of Jest. */
    readonly flags: readonly Flag[];
    /** Paths to a tsconfig as written. */
    readonly tsconfigs: readonly string[];
  };
  readonly package?: {
    readonly usesJest: boolean;
    readonly checksTypes: boolean;
    /** Calls of the compiler in scripts. */
    readonly compiles: readonly CompilerCall[];
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
      facts.flatMap((fact) => (fact === 'test' ? [] : [fromSource(fact, () => undefined)])),
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
  const facts = factsOf(optionsInJson(ctx.path, root).map(fromData), ctx);
  return ctx.path.endsWith('/package.json') ? { ...facts, package: packageFacts(root) } : facts;
}

function factsOf(all: readonly Setting[], ctx: Pick<FacetContext, 'at'>): TestTypes | undefined {
  if (all.length === 0) return undefined;
  const transpileOnly: { name: string; at: Anchor }[] = [];
  const flags: Flag[] = [];
  const tsconfigs: string[] = [];
  for (const options of all) {
    for (const name of ['isolatedModules', 'transpilation']) {
      const found = memberOf(options, name);
      if (found !== undefined && isValue(found.value, true)) {
        transpileOnly.push({ name, at: ctx.at(found.place) });
      }
    }
    const tsconfig = (memberOf(options, 'tsconfig') ?? memberOf(options, 'tsConfig'))?.value;
    if (tsconfig?.kind === 'value' && typeof tsconfig.value === 'string') tsconfigs.push(tsconfig.value);
    if (tsconfig?.kind === 'object') flags.push(...flagsIn(tsconfig, ctx));
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
  return {
    usesJest:
      valueAt(root, 'jest') !== undefined ||
      names.includes('jest') ||
      names.includes('ts-jest') ||
      commands.some(({ command }) => /\bjest\b/.test(command)),
    checksTypes: commands.some(({ key, command }) => checksTypes(key, command)),
    compiles: commands.flatMap(({ command }) => compilerCalls(command)),
  };
}

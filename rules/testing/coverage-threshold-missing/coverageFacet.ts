import {
  type Anchor,
  type DataDocument,
  type DataEntry,
  type DataNode,
  type FacetContext,
  facet,
  type SourceFacetContext,
  type Span,
  ts,
} from '#api';
import { keysOf, valueAt } from '../../_shared/dataMembers.ts';
import { lastPart } from '../../_shared/filePath.ts';
import { isJestJson, TEST_FILE } from '../../_shared/testing/configFiles.ts';
import { configParts } from '../../_shared/testing/configParts.ts';
import { fromData, fromSource, memberOf, nameOf } from '../../_shared/testing/setting.ts';
import { readCommand } from './commands.ts';
import { takenIn } from './takenIn.ts';
import { barIn, type Metric, type Runner, type Threshold } from './thresholds.ts';

/** Thresholds that stand together, in source order. */
export type Thresholds = readonly { readonly metric: Metric; readonly value: number; readonly at: Anchor }[];

/** A configuration of a runner. */
export interface ConfigFacts {
  readonly runner: Runner;
  /** The runner takes it by itself; others are for special runs, or bases. */
  readonly isMain: boolean;
  readonly at: Anchor;
  readonly isSet: boolean;
  /** It may say more than is seen. */
  readonly isOpen: boolean;
  /** Specifiers of modules that it takes in. */
  readonly imports: readonly string[];
  /** Presets of Jest that it takes in. */
  readonly presets: readonly string[];
  readonly thresholds: Thresholds;
}

/** What a file says about how much of the code the tests must run. */
export interface CoverageFacts {
  readonly configs?: readonly ConfigFacts[];
  readonly package?: {
    readonly runner?: Runner;
    /** The script that runs the tests. */
    readonly at?: Anchor;
    /** The file that this script names as configuration. */
    readonly config?: string;
    /** Files that any script names so. */
    readonly named: readonly string[];
    /** Some script asks for a coverage. */
    readonly isSet: boolean;
    readonly thresholds: readonly Thresholds[];
  };
  /** A service or a step of a workflow keeps an eye on coverage. */
  readonly isWatched?: true;
}

const CONFIG_NAME = /(?:^|[./_-])(?:jest|vitest|vite|nyc|c8)(?:[./_-]|$)/i;
const MAIN = /^(?:(?:jest|vitest|vite|nyc)\.config\.[cm]?[jt]s|jest\.config\.json|\.nycrc(?:\.\w+)?|\.c8rc(?:\.\w+)?)$/;
/** Files in packages that give configurations to others, and `jest/unit.config.mjs`. */
const CONFIG_PACKAGE =
  /\/(?:[\w-]*(?:jest|vitest|nyc|c8)-(?:config|preset|base)[\w-]*\/[\w.-]+|(?:jest|vitest)\/[\w.-]*(?:config|base|preset)[\w.-]*)$/i;
const ISTANBUL_KEY = /^(?:check-coverage|checkCoverage|per-file|report-dir|temp-dir|exclude-after-remap)$/;
const JEST_KEY =
  /^(?:testEnvironment|testMatch|testRegex|testPathIgnorePatterns|setupFilesAfterEnv|coverageThreshold|collectCoverageFrom)$/;
const WATCHED =
  /codecov|coveralls|sonar(?:cloud|qube|source)|codacy|code-?climate|qlty|deepsource|coverage[\w-]*(?:check|threshold|report|gate|comment|action|diff)|check[\w-]*coverage/i;
const WATCHED_BY_SCRIPT = /\b(?:codecov|coveralls|codacy-coverage|sonar-scanner|cc-test-reporter)\b/;

/** Configurations of test runners and coverage tools, scripts that run them, and services that watch. */
export const coverageFacet = facet<ts.Expression, CoverageFacts>({
  name: 'testing/coverage',
  collect: {
    ExportAssignment: ({ expression }, { path }) => (isConfig(path) ? expression : undefined),
    BinaryExpression: {
      named: /^exports =$/,
      listen: ({ left, operatorToken, right }, { path }) =>
        operatorToken.kind === ts.SyntaxKind.EqualsToken &&
        ts.isPropertyAccessExpression(left) &&
        left.name.text === 'exports' &&
        isConfig(path)
          ? right
          : undefined,
    },
  },
  fold(scope, ctx) {
    const [exported] = scope.facts;
    const config = exported && readSource(exported, ctx);
    return config && { configs: [config] };
  },
  documents: {
    languages: ['json', 'yaml'],
    fold(document, ctx) {
      const { path } = ctx;
      if (document.language === 'yaml') {
        if (/\/\.?codecov\.ya?ml$/.test(path)) return { isWatched: true };
        if (/\/\.nycrc\.ya?ml$/.test(path)) return readRoot(document, 'nyc', ctx);
        const isPipeline = /\/\.github\/workflows\/|\/(?:\.gitlab-ci|azure-pipelines|\.travis)\.ya?ml$|\/\.circleci\//;
        return isPipeline.test(path) && WATCHED.test(document.text) ? { isWatched: true } : undefined;
      }
      if (document.language !== 'json') return undefined;
      if (path.endsWith('/package.json')) return readPackage(document, ctx);
      if (/\/\.nycrc(?:\.json)?$/.test(path)) return readRoot(document, 'nyc', ctx);
      if (/\/\.c8rc(?:\.json)?$/.test(path)) return readRoot(document, 'c8', ctx);
      if (isJestJson(path)) return readRoot(document, 'Jest', ctx);
      // Configurations that a command names, or a package gives, may have any name.
      const runner = runnerByKeys(keysOf(document.roots[0]));
      return runner && readRoot(document, runner, ctx);
    },
  },
});

function isConfig(path: string): boolean {
  return (CONFIG_NAME.test(lastPart(path)) || CONFIG_PACKAGE.test(path)) && !TEST_FILE.test(path);
}

/** The program that a JSON file configures, by settings which no other has. */
function runnerByKeys(keys: readonly string[]): Runner | undefined {
  if (keys.some((key) => ISTANBUL_KEY.test(key))) return 'c8';
  return keys.some((key) => JEST_KEY.test(key)) && !keys.includes('compilerOptions') ? 'Jest' : undefined;
}

// ── source code ──────────────────────────────────────────────────────────────────────────────────────────────────────

function readSource(exported: ts.Expression, ctx: SourceFacetContext): ConfigFacts | undefined {
  const name = lastPart(ctx.path);
  const called = CONFIG_NAME.test(name) ? name : ctx.path.split('/').slice(-2).join('/');
  const runner = /jest/i.test(called) ? 'Jest' : /vite/i.test(called) ? 'Vitest' : /nyc/i.test(called) ? 'nyc' : 'c8';
  // It lists projects, and these cannot say anything of coverage.
  if (/^vitest\.(?:workspace|projects)\./.test(name)) return undefined;
  const parts = configParts(exported, ctx);
  const [first] = parts.objects;
  if (first === undefined && parts.imports.length === 0 && !parts.isOpen) return undefined;
  const settings = parts.objects.map((object) => fromSource(object, (identifier) => ctx.lookup(identifier)));
  const bars = settings.map((setting) => barIn(runner, setting));
  const taken = settings.map((setting) => takenIn(runner, setting));
  const runsTests = settings.some((setting) => memberOf(setting, 'test') !== undefined);
  return {
    runner,
    isMain: MAIN.test(name) && !(name.startsWith('vite.') && !runsTests),
    at: ctx.at(first === undefined ? exported : (anchorIn(parts.objects, runner) ?? first)),
    isSet: bars.some(({ isSet }) => isSet),
    isOpen: parts.isOpen || taken.some(({ isOpen }) => isOpen),
    imports: [...parts.imports, ...taken.flatMap(({ imports }) => imports)],
    presets: taken.flatMap(({ presets }) => presets),
    thresholds: anchored(
      bars.flatMap(({ thresholds }) => thresholds),
      ctx,
    ),
  };
}

/** The name of the member that thresholds belong to or stand beside. */
function anchorIn(objects: readonly ts.ObjectLiteralExpression[], runner: Runner): ts.Node | undefined {
  const members = objects.flatMap(({ properties }) => properties);
  if (runner !== 'Vitest') return members.find(({ name }) => name !== undefined)?.name;
  const tests = members.find((property) => nameOf(property) === 'test');
  const inside =
    tests && ts.isPropertyAssignment(tests) && ts.isObjectLiteralExpression(tests.initializer)
      ? tests.initializer
      : undefined;
  const coverage = inside?.properties.find((property) => nameOf(property) === 'coverage');
  return (coverage ?? tests ?? members.find(({ name }) => name !== undefined))?.name;
}

// ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

type TextContext = Pick<FacetContext, 'path' | 'at'>;

function readRoot({ roots: [root] }: DataDocument, runner: Runner, ctx: TextContext): CoverageFacts | undefined {
  const first = root?.kind === 'object' ? root.entries[0] : undefined;
  const config = readData(root, runner, first?.keySpan ?? { start: 0, end: 0 }, ctx);
  return config && { configs: [config] };
}

function readData(node: DataNode | undefined, runner: Runner, at: Span, ctx: TextContext): ConfigFacts | undefined {
  if (node?.kind !== 'object') return undefined;
  const setting = fromData(node);
  const bar = barIn(runner, setting);
  const name = lastPart(ctx.path);
  return {
    runner,
    isMain: name === 'package.json' || MAIN.test(name),
    at: ctx.at(at),
    isSet: bar.isSet,
    ...takenIn(runner, setting),
    thresholds: anchored(bar.thresholds, ctx),
  };
}

const KEYS: readonly (readonly [string, Runner])[] = [
  ['jest', 'Jest'],
  ['nyc', 'nyc'],
  ['c8', 'c8'],
];

function readPackage({ roots: [root], text }: DataDocument, ctx: TextContext): CoverageFacts | undefined {
  if (root?.kind !== 'object') return undefined;
  const configs = KEYS.flatMap(([key, runner]) => {
    const entry = root.entries.find((candidate) => candidate.key === key);
    return (entry && readData(entry.value, runner, entry.keySpan, ctx)) ?? [];
  });
  const scripts = valueAt(root, 'scripts');
  const commands = (scripts?.kind === 'object' ? scripts.entries : []).map((entry) => ({
    entry,
    ...readCommand(entry.key, textOf(entry, text), entry.value?.span.start ?? 0),
  }));
  const running = commands.filter(({ runner }) => runner !== undefined);
  const tests = running.find(({ entry }) => entry.key === 'test') ?? running[0];
  const isWatched = commands.some(({ entry }) => WATCHED_BY_SCRIPT.test(textOf(entry, text)));
  return {
    configs,
    ...(isWatched && { isWatched }),
    package: {
      ...(tests?.runner !== undefined && { runner: tests.runner, at: ctx.at(tests.entry.keySpan) }),
      ...(tests?.configs[0] !== undefined && { config: tests.configs[0] }),
      named: commands.flatMap(({ configs: named }) => named),
      isSet: commands.some(({ isBarSet }) => isBarSet),
      thresholds: commands.flatMap(({ thresholds }) =>
        thresholds.length === 0
          ? []
          : [thresholds.map(({ metric, value, span }) => ({ metric, value, at: ctx.at(span) }))],
      ),
    },
  };
}

function textOf({ value }: DataEntry, text: string): string {
  return value === undefined ? '' : text.slice(value.span.start, value.span.end);
}

function anchored(thresholds: readonly Threshold[], ctx: Pick<FacetContext, 'at'>): Thresholds {
  return thresholds.map(({ metric, value, place }) => ({ metric, value, at: ctx.at(place) }));
}

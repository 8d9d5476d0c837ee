import { z } from 'zod';
import { type ProjectContext, rule } from '#api';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import { configFile, givingPackages } from '../../_shared/testing/configs/configChains.ts';
import { testFilesFacet } from '../../_shared/testing/testFilesFacet.ts';
import { addThresholds, raiseThresholds } from './change.ts';
import { type CoverageFacts, coverageFacet, type Thresholds } from './coverageFacet.ts';
import { type Floor, lowIn, writtenFloor } from './floor.ts';
import { asksForCoverage, configsAt, type FindConfig, type PlacedConfig } from './held.ts';
import { runsTests, type TestedPackage, testedPackages } from './packages.ts';

const percent = (metric: string, value: number) =>
  z.number().min(0).max(100).default(value).describe(`The least percentage of ${metric} that a threshold may ask for.`);

const options = z.strictObject({
  lines: percent('lines', 80),
  statements: percent('statements', 80),
  functions: percent('functions', 80),
  branches: percent('branches', 75),
});

/** Packages that show something, or are there for other packages' tests. */
const FOR_SHOW =
  /(?:^|\/)(?:examples?|samples?|fixtures?|__\w+__|templates?|demos?|playgrounds?|sandbox\w*|e2e|tests?|docs?|website|benchmarks?|bench|starters?|boilerplates?)(?:[-_/]|$)/i;

const SONAR = ['sonar-project.properties', '.sonarcloud.properties'];

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Tests that no coverage threshold holds to anything.',
    promise: 'Coverage cannot fall below its thresholds',
    appliesTo: 'everywhere',
    topics: ['coverage threshold', 'coverageThreshold', 'test coverage', 'code coverage', 'coverage gate'],
    subject: ['coverageThreshold', 'thresholds', 'check-coverage'],
    references: [
      { title: 'Jest: coverageThreshold', url: 'https://jestjs.io/docs/configuration#coveragethreshold-object' },
      { title: 'Vitest: coverage.thresholds', url: 'https://vitest.dev/config/#coverage-thresholds' },
      { title: 'nyc: checking coverage', url: 'https://github.com/istanbuljs/nyc#checking-coverage' },
    ],
    messages: {
      missing:
        'No run fails for want of coverage: {runner} has no thresholds here, so code that no test runs comes in unnoticed. Set them, {floor}, and run the tests with coverage.',
      low: 'A run passes with {metrics}, so a change may come in with much of it untested. Raise the thresholds to {floor}.',
    },
  },
  options,
  project: {
    facets: [coverageFacet, testFilesFacet, packageFacet],
    check(ctx) {
      const values = [...ctx.all(coverageFacet)];
      const byPath = new Map(values.map(({ path, value }) => [path, value]));
      const find = finder(byPath, ctx);
      const floor = writtenFloor(ctx.options);
      const isWatched = values.some(({ value }) => value.isWatched === true);
      for (const { path, value } of values) {
        const groups = [
          ...(value.configs ?? []).map(({ thresholds }) => thresholds),
          ...(value.package?.thresholds ?? []),
        ];
        for (const group of groups) reportLow(path, group, ctx, floor);
      }
      if (isWatched) return;
      for (const tested of testedPackages(values, ctx.all(testFilesFacet))) {
        if (!tested.hasTests || !runsTests(tested) || FOR_SHOW.test(tested.folder.slice(ctx.root.length + 1))) continue;
        // The run of the outer package takes in the tests of this one.
        if (tested.outer !== undefined || isHeld(tested, byPath, find)) continue;
        if (SONAR.some((name) => ctx.exists(`${tested.folder}/${name}`))) continue;
        const place = placeOf(tested, byPath, find);
        if (place === undefined) continue;
        ctx.report({ ...place, facet: coverageFacet }, 'missing', { runner: place.runner, floor });
      }
    },
  },
  fixes: {
    missing: [{ title: 'Set thresholds: {floor}', safety: 'suggest', edits: addThresholds }],
    low: [{ title: 'Raise thresholds to {floor}', safety: 'suggest', edits: raiseThresholds }],
  },
});

type Context = Pick<ProjectContext<'missing' | 'low', Floor>, 'report' | 'options'>;

function reportLow(path: string, thresholds: Thresholds, ctx: Context, floor: string): void {
  const low = lowIn(thresholds, ctx.options);
  const [first] = low;
  if (first === undefined) return;
  const metrics = low.map(({ metric, value }) => `${value} % of ${metric}`).join(', ');
  ctx.report({ path, facet: coverageFacet, anchor: first.at }, 'low', { metrics, floor });
}

/** Looks for configurations among files, and packages, of the workspace. */
function finder(
  values: ReadonlyMap<string, CoverageFacts>,
  ctx: Pick<ProjectContext<'missing' | 'low', Floor>, 'resolveImport' | 'all'>,
): FindConfig {
  const packages = givingPackages(ctx);
  const isConfig = (path: string) => values.get(path)?.configs !== undefined;
  return (from, module, isPreset) => {
    const resolved = isPreset ? undefined : ctx.resolveImport(from, module);
    if (resolved !== undefined && isConfig(resolved)) return resolved;
    return configFile(from, module, isPreset, packages, isConfig);
  };
}

/** Something asks for coverage, or may do so where it cannot be seen. */
function isHeld(
  { path, facts, configs }: TestedPackage,
  values: ReadonlyMap<string, CoverageFacts>,
  find: FindConfig,
): boolean {
  const asks = (config: PlacedConfig) => asksForCoverage(config, values, find);
  if (facts.isSet || configs.some(asks)) return true;
  return facts.named.some((name) => {
    const named = configsAt(path, name, values, find);
    return named.length === 0 || named.some(asks);
  });
}

/** Where thresholds are missed: in the file that the script names, in the coverage tool's configuration, else the runner's, else at the script. */
function placeOf(
  { path, facts, configs }: TestedPackage,
  values: ReadonlyMap<string, CoverageFacts>,
  find: FindConfig,
): (Pick<PlacedConfig, 'path' | 'runner'> & { anchor: PlacedConfig['at'] }) | undefined {
  const main =
    facts.config === undefined ? configs.filter(({ isMain }) => isMain) : configsAt(path, facts.config, values, find);
  const config =
    main.find(({ runner }) => runner === 'nyc' || runner === 'c8') ??
    main.find(({ runner }) => runner === facts.runner) ??
    main[0];
  if (config !== undefined) {
    // Both read the same files.
    const isNyc = facts.runner === 'nyc' && config.runner === 'c8';
    return { path: config.path, runner: isNyc ? 'nyc' : config.runner, anchor: config.at };
  }
  return facts.runner && facts.at !== undefined ? { path, runner: facts.runner, anchor: facts.at } : undefined;
}

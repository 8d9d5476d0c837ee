import { z } from 'zod';
import { type FileValue, rule, type Span, type ts } from '#api';
import { folderOf, nearestFolder } from '../../_shared/filePath.ts';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import { Chains } from '../../_shared/project/tsconfigChains.ts';
import { tsconfigFacet } from '../../_shared/project/tsconfigFacet.ts';
import { isJestJson } from '../../_shared/testing/configFiles.ts';
import { ConfigChains } from '../../_shared/testing/configs/configChains.ts';
import { runnerConfigFacet } from '../../_shared/testing/configs/configFacet.ts';
import { fromData, fromSource } from '../../_shared/testing/setting.ts';
import { builtWithTests, checkedByMembers } from './coverage.ts';
import { homesOf } from './homes.ts';
import { isolatedTsconfigs } from './isolatedTsconfig.ts';
import { removeCodes, removeSetting } from './remove.ts';
import { codeWith, isForTests, loweredIn } from './strictness.ts';
import { type Suppression, suppressionsIn } from './suppressed.ts';
import { type TestTypes, testTypesFacet } from './testTypesFacet.ts';
import { optionsInJson, tsconfigAt, tsJestOptions } from './tsJestOptions.ts';

const options = z.strictObject({});

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'ts-jest configured so that tests pass although their types are wrong.',
    promise: 'Tests fail when their types are wrong',
    appliesTo: 'everywhere',
    topics: ['ts-jest diagnostics', 'diagnostics false', 'jest diagnostics', 'type errors in tests', 'isolatedModules'],
    subject: ['ts-jest'],
    references: [
      {
        title: 'ts-jest: diagnostics option',
        url: 'https://kulshekhar.github.io/ts-jest/docs/getting-started/options/diagnostics',
      },
      {
        title: 'ts-jest: isolatedModules option',
        url: 'https://kulshekhar.github.io/ts-jest/docs/getting-started/options/isolatedModules',
      },
    ],
    messages: {
      off: 'The tests run without any type check, so they go on passing when the code they call has changed its types. Remove the setting and correct the errors it hides.',
      warnOnly:
        'Type errors are printed and the tests pass all the same, so nobody has to correct them. Remove the setting and correct what it let through.',
      ignoredCodes: {
        text: 'The tests pass in spite of type errors: {codes} are ignored in every file. Correct the errors, or mark the single line that needs an exception.',
        priority: 'P1',
      },
      notChecked: {
        text: '{name} makes ts-jest strip types without checking them, and no script or workflow checks them either, so tests pass although their types are wrong. Remove the setting, or run tsc --noEmit before the tests.',
        priority: 'P1',
      },
      isolated: {
        text: 'ts-jest strips types without checking them, because isolatedModules is on in the tsconfig that it reads, and no script or workflow checks them either, so tests pass although their types are wrong. Run tsc --noEmit before the tests, or give them a tsconfig without it.',
        priority: 'P1',
      },
      lowered: {
        text: 'The tests are compiled without {flag}, which {base} has on, so they can use the code in ways that it does not allow. Remove the setting.',
        priority: 'P1',
      },
    },
  },
  options,
  file: {
    collect: tsJestOptions,
    check(ctx) {
      const found = new Map<ts.Node | Span, Suppression>();
      for (const node of ctx.scope.all()) {
        for (const suppression of suppressionsIn(fromSource(node, (name) => ctx.lookup(name)))) {
          // Options that several transforms share are reported once.
          found.set(suppression.place, suppression);
        }
      }
      for (const { place, message, data } of found.values()) ctx.report(place, message, data);
    },
  },
  documents: {
    languages: ['json'],
    matches: isJestJson,
    check(ctx) {
      if (ctx.document.language !== 'json') return;
      for (const { node } of optionsInJson(ctx.path, ctx.document.roots[0])) {
        for (const { place, message, data } of suppressionsIn(fromData(node))) {
          if (!('kind' in place)) ctx.report(place, message, data);
        }
      }
    },
  },
  project: {
    facets: [testTypesFacet, tsconfigFacet, runnerConfigFacet, packageFacet],
    check(ctx) {
      const values = [...ctx.all(testTypesFacet)];
      const chains = new Chains([...ctx.all(tsconfigFacet)]);
      const configs = new ConfigChains(ctx);
      const facet = testTypesFacet;
      const isCheckedAt = (home: string) => checkedElsewhere(home, values) || builtWithTests(home, values, chains);
      const isChecked = (home: string) => isCheckedAt(home) || checkedByMembers(home, values, isCheckedAt);
      const shown = (path: string) => (path.startsWith(`${ctx.root}/`) ? path.slice(ctx.root.length + 1) : path);
      for (const { path, value } of values) {
        for (const { name, at, ...placed } of value.jest?.transpileOnly ?? []) {
          if (homesOf(path, placed, configs).every(isChecked)) continue;
          ctx.report({ path, facet, anchor: at }, 'notChecked', { name });
        }
      }
      const reported = new Set<string>();
      for (const { path, at, home } of isolatedTsconfigs(configs, values, chains)) {
        if (reported.has(path) || isChecked(home)) continue;
        reported.add(path);
        ctx.report({ path, facet: tsconfigFacet, anchor: at }, 'isolated');
      }
      for (const { path, at, flag, base } of testTsconfigs(values, chains, configs).flatMap((one) =>
        loweredIn(one, chains),
      )) {
        // Bases that several projects take are reported once.
        if (reported.has(`${path} ${flag}`)) continue;
        reported.add(`${path} ${flag}`);
        ctx.report({ path, facet: tsconfigFacet, anchor: at }, 'lowered', { flag, base: shown(base) });
      }
      for (const { path, value } of values) {
        for (const { name, on, at, ...placed } of value.jest?.flags ?? []) {
          const homes = on ? [] : homesOf(path, placed, configs);
          const base = homes.map((home) => codeWith(name, `${home}/`, chains)).find((one) => one !== undefined);
          if (base !== undefined) ctx.report({ path, facet, anchor: at }, 'lowered', { flag: name, base: shown(base) });
        }
      }
    },
  },
  fixes: {
    off: [{ title: 'Check types in tests again', safety: 'safe', edits: removeSetting }],
    warnOnly: [{ title: 'Let type errors fail the tests', safety: 'safe', edits: removeSetting }],
    ignoredCodes: [{ title: 'Stop ignoring {codes}', safety: 'safe', edits: removeCodes }],
    notChecked: [{ title: 'Remove {name}', safety: 'safe', edits: removeSetting }],
    lowered: [{ title: 'Compile tests with {flag} as well', safety: 'safe', edits: removeSetting }],
  },
});

/** Types are checked by a script of the package of a folder or of one above it, or by a workflow. */
function checkedElsewhere(home: string, values: readonly FileValue<TestTypes>[]): boolean {
  return values.some(
    ({ path: other, value }) =>
      value.workflowChecksTypes === true ||
      (value.package?.checksTypes === true && `${home}/`.startsWith(`${folderOf(other)}/`)),
  );
}

/** Every tsconfig that options of ts-jest name, or that is for tests by its name in a package with Jest. */
function testTsconfigs(
  values: readonly FileValue<TestTypes>[],
  chains: Chains,
  configs: ConfigChains,
): readonly string[] {
  const withJest = new Map(
    values.flatMap(({ path, value }) => (value.package ? [[folderOf(path), value.package]] : [])),
  );
  const named = new Set(
    values.flatMap(({ path, value }) =>
      (value.jest?.tsconfigs ?? []).flatMap(({ path: name, ...placed }) =>
        homesOf(path, placed, configs).map((home) => tsconfigAt(home, name)),
      ),
    ),
  );
  return [...chains.all.keys()].filter((path) => {
    const home = nearestFolder(path, withJest);
    return named.has(path) || (isForTests(path) && home !== undefined && withJest.get(home)?.usesJest === true);
  });
}

import { z } from 'zod';
import { type FileValue, rule, type Span, type ts } from '#api';
import { folderOf, nearestFolder, resolvePath } from '../../_shared/filePath.ts';
import { Chains } from '../../_shared/project/tsconfigChains.ts';
import { tsconfigFacet } from '../../_shared/project/tsconfigFacet.ts';
import { isJestJson } from '../../_shared/testing/configFiles.ts';
import { fromData, fromSource } from '../../_shared/testing/setting.ts';
import { builtWithTests } from './coverage.ts';
import { removeCodes, removeSetting } from './remove.ts';
import { codeWith, isForTests, loweredIn } from './strictness.ts';
import { type Suppression, suppressionsIn } from './suppressed.ts';
import { type TestTypes, testTypesFacet } from './testTypesFacet.ts';
import { optionsInJson, tsJestOptions } from './tsJestOptions.ts';

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
      for (const node of optionsInJson(ctx.path, ctx.document.roots[0])) {
        for (const { place, message, data } of suppressionsIn(fromData(node))) {
          if (!('kind' in place)) ctx.report(place, message, data);
        }
      }
    },
  },
  project: {
    facets: [testTypesFacet, tsconfigFacet],
    check(ctx) {
      const values = [...ctx.all(testTypesFacet)];
      const chains = new Chains([...ctx.all(tsconfigFacet)]);
      const facet = testTypesFacet;
      const shown = (path: string) => (path.startsWith(`${ctx.root}/`) ? path.slice(ctx.root.length + 1) : path);
      for (const { path, value } of values) {
        if (value.jest === undefined || value.jest.transpileOnly.length === 0) continue;
        if (checkedElsewhere(path, values) || builtWithTests(folderOf(path), values, chains)) continue;
        for (const { name, at } of value.jest.transpileOnly) {
          ctx.report({ path, facet, anchor: at }, 'notChecked', { name });
        }
      }
      const reported = new Set<string>();
      for (const { path, at, flag, base } of testTsconfigs(values, chains).flatMap((one) => loweredIn(one, chains))) {
        // Bases that several projects take are reported once.
        if (reported.has(`${path} ${flag}`)) continue;
        reported.add(`${path} ${flag}`);
        ctx.report({ path, facet: tsconfigFacet, anchor: at }, 'lowered', { flag, base: shown(base) });
      }
      for (const { path, value } of values) {
        for (const { name, on, at } of value.jest?.flags ?? []) {
          const base = on ? undefined : codeWith(name, path, chains);
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

/** Types are checked by a script of the package or of one above it, or by a workflow. */
function checkedElsewhere(path: string, values: readonly FileValue<TestTypes>[]): boolean {
  return values.some(
    ({ path: other, value }) =>
      value.workflowChecksTypes === true ||
      (value.package?.checksTypes === true && path.startsWith(`${folderOf(other)}/`)),
  );
}

/** Every tsconfig that options of ts-jest name, or that is for tests by its name in a package with Jest. */
function testTsconfigs(values: readonly FileValue<TestTypes>[], chains: Chains): readonly string[] {
  const withJest = new Map(
    values.flatMap(({ path, value }) => (value.package ? [[folderOf(path), value.package]] : [])),
  );
  const named = new Set(
    values.flatMap(({ path, value }) => (value.jest?.tsconfigs ?? []).map((name) => tsconfigAt(folderOf(path), name))),
  );
  return [...chains.all.keys()].filter((path) => {
    const home = nearestFolder(path, withJest);
    return named.has(path) || (isForTests(path) && home !== undefined && withJest.get(home)?.usesJest === true);
  });
}

/** A path as Jest writes it; an ending is added where it is left out. */
function tsconfigAt(folder: string, path: string): string {
  const joined = resolvePath(folder, path.replace(/^<rootDir>\//, './'));
  return joined.endsWith('.json') ? joined : `${joined}.json`;
}

import { type Anchor, facet, type SourceFacetContext, ts } from '#api';
import { valueAt } from '../../_shared/dataMembers.ts';
import { lastPart } from '../../_shared/filePath.ts';
import { isJestJson, TEST_FILE } from '../../_shared/testing/configFiles.ts';
import { configParts } from '../../_shared/testing/configParts.ts';
import { type Found, inData, inSource, type Runner } from './settings.ts';

/** A file that a runner is told to run before the tests. */
export interface Preparation {
  /** The setting that names it. */
  readonly setting: string;
  /** Path as written, from the root that the configuration says. */
  readonly file: string;
  readonly at: Anchor;
}

/** What a configuration of a runner says about the time before and after the tests. */
export interface ConfigFacts {
  readonly runner: Runner;
  readonly prepares: readonly Preparation[];
  /** Folder that paths start from, as written; the one of the configuration when left out. */
  readonly root?: string;
  /** It names something that runs after the tests, or may do so where it cannot be seen. */
  readonly mayTearDown: boolean;
  /** Specifiers of files that it takes in. */
  readonly imports: readonly string[];
}

const CONFIG_NAME = /(?:^|[._-])(?:jest|vitest|vite|mocharc)(?:[._-]|$)/i;

/** Configurations of Jest, Vitest and Mocha: what they run before the tests and after them. */
export const configFacet = facet<ts.Expression, readonly ConfigFacts[]>({
  name: 'testing/preparations',
  collect: {
    ExportAssignment: ({ expression }, { path }) => (isConfig(path) ? expression : undefined),
    BinaryExpression: ({ left, operatorToken, right }, { path }) =>
      operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isPropertyAccessExpression(left) &&
      left.name.text === 'exports' &&
      isConfig(path)
        ? right
        : undefined,
  },
  fold(scope, ctx) {
    const [exported] = scope.facts;
    return exported && read(exported, ctx);
  },
  documents: {
    languages: ['json', 'yaml'],
    fold(document, { path, at }) {
      if (document.language !== 'json' && document.language !== 'yaml') return undefined;
      const { roots, text } = document;
      const [root] = roots;
      const name = lastPart(path);
      if (name.startsWith('.mocharc.')) return asFacts([inData(root, 'Mocha')], at);
      if (document.language !== 'json' || !isJestJson(path)) return undefined;
      if (name !== 'package.json') return asFacts([inData(root, 'Jest')], at);
      // A flag of a script counts for every configuration of the package.
      const isGiven = /--globalTeardown\b/.test(text);
      const found = [inData(valueAt(root, 'jest'), 'Jest'), inData(valueAt(root, 'mocha'), 'Mocha')];
      return asFacts(
        found.map((one) => one && { ...one, mayTearDown: one.mayTearDown || isGiven }),
        at,
      );
    },
  },
});

function isConfig(path: string): boolean {
  return CONFIG_NAME.test(lastPart(path)) && !TEST_FILE.test(path);
}

function read(exported: ts.Expression, ctx: SourceFacetContext): readonly ConfigFacts[] | undefined {
  const name = lastPart(ctx.path);
  const runner: Runner = name.startsWith('.mocharc') ? 'Mocha' : /jest/i.test(name) ? 'Jest' : 'Vitest';
  const parts = configParts(exported, ctx);
  const found = parts.objects.map((object) => inSource(object, runner, ctx));
  const own = {
    prepares: found.flatMap(({ prepares }) => prepares),
    mayTearDown: parts.isOpen || found.some(({ mayTearDown }) => mayTearDown),
    root: found.findLast(({ root }) => root !== undefined)?.root,
    runner,
  };
  return asFacts([own], (place) => ctx.at(place), parts.imports);
}

function asFacts(
  found: readonly (Found | undefined)[],
  at: SourceFacetContext['at'],
  imports: readonly string[] = [],
): readonly ConfigFacts[] | undefined {
  const facts = found.flatMap((one): readonly ConfigFacts[] => {
    if (one === undefined) return [];
    const { runner, root, mayTearDown } = one;
    const prepares = one.prepares.map(({ setting, file, place }) => ({ setting, file, at: at(place) }));
    return [{ runner, prepares, mayTearDown, imports, ...(root !== undefined && { root }) }];
  });
  return facts.length === 0 ? undefined : facts;
}

/**
 * Edits every fixture at random: what a rule says after edits has to be what it says about the text from scratch. A
 * difference means that the rule reads more than its scope, so that cached results lie. `PURITY_EDITS` and
 * `PURITY_SECONDS` (for all rules together) make longer runs, `PURITY_SEED` other ones, `RULE=part-of-id` fewer.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type RegisteredRule, register, rule, ts } from '#api';
import { rules } from '#rules/index.generated.ts';
import { type Fixture, fixturesOf } from './kit/fixtures.ts';
import { describeImpurity, findImpurity } from './kit/fuzz.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const wanted = process.env['RULE'] ?? '';
const edits = Number(process.env['PURITY_EDITS'] ?? 200);
const seconds = Number(process.env['PURITY_SECONDS'] ?? 30);
const seed = Number(process.env['PURITY_SEED'] ?? 1);

const fuzzed = rules.filter(({ id }) => id.includes(wanted));
for (const tested of fuzzed) {
  const fixtures = fixturesOf(join(repository, 'rules', tested.id));
  const share = (seconds * 1000) / fuzzed.length / Math.max(1, fixtures.length);
  describe(tested.id, () => {
    for (const fixture of fixtures) {
      it(`stays pure in ${fixture.name}`, async () => {
        const selection = { rule: tested, rules: [tested], options: fixture.options };
        const deadline = performance.now() + share;
        const impurity = await findImpurity(fixture, selection, { seed, edits, deadline });
        assert.equal(impurity && describeImpurity(impurity), undefined);
      });
    }
  });
}

describe('purity fuzzer', () => {
  const meta = {
    priority: 'P2',
    since: 'next',
    summary: 'Awaits in loops.',
    topics: ['await'],
    messages: { found: 'One after the other. Start them together.' },
  } as const;

  function loopAround(node: ts.Node): boolean {
    for (let up = node.parent; up && !ts.isFunctionLike(up); up = up.parent) {
      if (ts.isIterationStatement(up, false)) return true;
    }
    return false;
  }

  /** Says that it reads the awaited expression and looks at what is around it. */
  const dishonest = register(
    'reliability',
    'await-in-loop',
    rule({
      meta,
      options: z.strictObject({}),
      node: {
        on: {
          AwaitExpression(node, ctx) {
            if (loopAround(node)) ctx.report(node, 'found');
          },
        },
      },
    }),
  );

  /** The same question asked in the scope that may answer it. */
  const honest = register(
    'reliability',
    'await-in-loop',
    rule({
      meta,
      options: z.strictObject({}),
      function: {
        collect: { AwaitExpression: (node) => node },
        check(_, ctx) {
          for (const fact of ctx.scope.facts) if (loopAround(fact)) ctx.report(fact, 'found');
        },
      },
    }),
  );

  const text = [
    'export async function load(ids: string[]): Promise<string[]> {',
    '  const texts: string[] = [];',
    '  for (const id of ids) {',
    "    if (id === '') continue;",
    '    const answer = await fetch(id);',
    '    texts.push(await answer.text());',
    '  }',
    '  await done(texts);',
    '  return texts;',
    '}',
    '',
  ].join('\n');
  const fixture: Fixture = {
    name: 'loop',
    place: 'loop.ts',
    files: new Map([['/fixture/src/loop.ts', text]]),
    expectations: new Map(),
    options: undefined,
    miss: undefined,
    folder: false,
    twins: new Map(),
  };
  const run = (tested: RegisteredRule): ReturnType<typeof findImpurity> =>
    findImpurity(fixture, { rule: tested, rules: [tested], options: undefined }, { seed: 1, edits: 300 });

  it('catches a rule that looks around more than it declares', async () => {
    const impurity = await run(dishonest);
    assert.ok(impurity);
    assert.match(describeImpurity(impurity), /after edits: .*\nfrom scratch: /);
  });

  it('lets a rule pass that declares what it reads', async () => {
    const impurity = await run(honest);
    assert.equal(impurity && describeImpurity(impurity), undefined);
  });
});

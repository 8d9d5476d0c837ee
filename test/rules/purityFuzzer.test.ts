/** What the fuzzer of `purity.fuzz.test.ts` finds, and what it lets pass. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { type RegisteredRule, register, rule, ts } from '#api';
import type { Fixture } from './kit/fixtures.ts';
import { describeImpurity, findImpurity } from './kit/fuzz.ts';

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
    places: new Map(),
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

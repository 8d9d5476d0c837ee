import { z } from 'zod';
import { type FileHeader, rule, type ts } from '#api';
import { type Test, testOf } from '../../_shared/testing/testCalls.ts';
import { type AfterEach, afterEachOf, asserts, assertsAtOnce } from './asserting.ts';
import { canFail, isEmpty, isLeftOut } from './canFail.ts';
import { tautologies } from './tautologies.ts';

type Fact = { readonly kind: 'test'; readonly test: Test } | AfterEach;

function factOf(call: ts.CallExpression, header: FileHeader): Fact | undefined {
  const test = testOf(call, header);
  if (test === undefined) return afterEachOf(call);
  return assertsAtOnce(test.body.body) ? undefined : { kind: 'test', test };
}

/** Files whose tests are what the compiler says of them. */
const TYPE_TESTS = /\.(?:test|spec)-d\.|[.-]types?\.(?:test|spec)\.|\/(?:type-?tests?|test-?types|dtslint)\//;

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Tests that compare nothing, so that they pass whatever the code does.',
    appliesTo: 'tests',
    topics: ['assertion', 'test without assertion', 'expect', 'placeholder test', 'meaningful tests'],
    subject: ['it', 'test', 'expect'],
    references: [
      { title: 'Jest: expect', url: 'https://jestjs.io/docs/expect' },
      {
        title: 'eslint-plugin-jest: expect-expect',
        url: 'https://github.com/jest-community/eslint-plugin-jest/blob/main/docs/rules/expect-expect.md',
      },
    ],
    messages: {
      nothing: 'This test expects nothing: it passes whatever the code answers. Expect what the code is to do.',
      empty: 'Nothing stands in this test, and it passes. Write it, or mark it with .todo.',
      constant:
        '{text} is true whatever the code does, and nothing else is expected in this test. Expect what the code is to do.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: /^(?:it|test|specify|fit|only|concurrent|sequential|each|for|afterEach|teardown|afterAll)$/,
        listen: (node, { header }) => factOf(node, header),
      },
    },
    check(ctx) {
      if (TYPE_TESTS.test(ctx.header.localPath)) return;
      const facts = [...ctx.scope.all()];
      if (facts.some((fact) => fact.kind === 'afterEach' && asserts(fact.hook, ctx))) return;
      for (const fact of facts) {
        if (fact.kind !== 'test' || isLeftOut(fact.test)) continue;
        const { test } = fact;
        const name = test.call.arguments[0] ?? test.call.expression;
        if (isEmpty(test)) ctx.report(name, 'empty');
        else {
          const constants = tautologies(test.body);
          const [first] = constants;
          if (canFail(test, new Set(constants), ctx)) continue;
          if (first === undefined) ctx.report(name, 'nothing');
          else ctx.report(first, 'constant', { text: first.getText() });
        }
      }
    },
  },
});

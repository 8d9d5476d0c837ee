import { z } from 'zod';
import { type Finding, type FixContext, rule, type TextEdit, ts } from '#api';
import { bodyOf } from '../../_shared/testing/testCalls.ts';
import { emptiedTest } from './emptied.ts';
import { declaration, type Mark, markOf, PREFIXED, prefixOf } from './marks.ts';
import { hasReason, isConditional } from './reasons.ts';

/** Takes `.only` or `.skip` away, or the first letter of `fit` and `xit`. */
function unmark(ctx: FixContext<unknown>, finding: Finding): TextEdit[] {
  const text = ctx.text.slice(finding.start, finding.end);
  const cut = text.startsWith('.') ? finding : { start: finding.start, end: finding.start + 1 };
  return [ctx.replace(cut, '')];
}

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Tests that run alone, so that the others do not, and tests that are skipped without a reason.',
    appliesTo: 'tests',
    topics: ['it.only', 'test.only', 'describe.only', 'focused test', 'skipped test', 'it.skip', 'test.skip'],
    subject: ['it', 'test', 'describe'],
    references: [
      { title: 'Jest: test.only', url: 'https://jestjs.io/docs/api#testonlyname-fn-timeout' },
      { title: 'Mocha: exclusive tests', url: 'https://mochajs.org/#exclusive-tests' },
    ],
    messages: {
      focused:
        'Because of {name} no other test of this file runs, and none that is added later, and the suite is green without them. Remove it.',
      emptied: {
        text: 'All of this test is commented out, so it passes whatever the code does. Let it run again or delete it.',
        priority: 'P2',
      },
      skipped: {
        text: 'This never runs, and nothing says why or until when. Let it run again, delete it, or write the reason above it.',
        priority: 'P2',
      },
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      PropertyAccessExpression: {
        named: /^(?:only|skip|each|for|concurrent|sequential)$/,
        listen: (node, { header }): Mark | undefined => markOf(node, header) ?? prefixOf(node.expression, header),
      },
      CallExpression: {
        named: (name) => /^(?:it|test|specify)$/.test(name) || PREFIXED.test(name),
        listen: (node, { header }): Mark | undefined => {
          const name = emptiedTest(node, header);
          return name === undefined ? prefixOf(node.expression, header) : { kind: 'emptied', at: name };
        },
      },
    },
    check(ctx) {
      for (const { kind, at } of ctx.scope.all()) {
        if (kind === 'emptied') {
          ctx.report(at, kind);
          continue;
        }
        const call = declaration(at);
        const body = call && bodyOf(call)?.body;
        if (call === undefined || body === undefined) continue;
        if (kind === 'skipped' && (isConditional(call) || hasReason(ctx.file.text, call, body))) continue;
        const place = ts.isIdentifier(at) ? at : { start: at.expression.end, end: at.end };
        ctx.report(place, kind, { name: ts.isIdentifier(at) ? at.text : `.${at.name.text}` });
      }
    },
  },
  fixes: {
    focused: [{ title: 'Run the other tests as well', safety: 'safe', edits: unmark }],
    skipped: [{ title: 'Let it run', safety: 'suggest', edits: unmark }],
  },
});

/** What `judgeTexts` of the text fuzz finds, and what it lets pass. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { type DataEntry, type Fix, type FixContext, type RegisteredRule, register, rule, type Span } from '#api';
import { judgeTexts } from './kit/textFlaws.ts';

describe('what text rules may not do', () => {
  const text = 'service:\n  debug: true\n  port: 80\nother: {}\n';
  const files = new Map([['/fixture/settings.yaml', text]]);

  function debugEntry(ctx: Pick<FixContext<unknown>, 'document'>): DataEntry | undefined {
    const { document } = ctx;
    if (document.language !== 'yaml') return undefined;
    const service = document.roots[0]?.kind === 'object' ? document.roots[0].entries[0]?.value : undefined;
    return service?.kind === 'object'
      ? service.entries.find(({ key, value }) => key === 'debug' && value?.kind === 'scalar' && value.value === true)
      : undefined;
  }

  /** Reports `debug: true`, and corrects it in some way. */
  function finding(
    edits: Fix<unknown>['edits'],
    span: (entry: DataEntry) => Span = (entry) => entry.span,
  ): RegisteredRule {
    const definition = rule({
      meta: {
        priority: 'P2',
        since: 'next',
        summary: 'Debugging in production.',
        topics: ['debug'],
        messages: { found: 'The service tells too much. Switch debugging off.' },
      },
      options: z.strictObject({}),
      documents: {
        languages: ['yaml'],
        check(ctx) {
          const entry = debugEntry(ctx);
          if (entry !== undefined) ctx.report(span(entry), 'found');
        },
      },
      fixes: { found: [{ title: 'Switch it off', safety: 'safe', edits }] },
    });
    return register('config', 'debugging', definition);
  }

  const judge = (tested: RegisteredRule): ReturnType<typeof judgeTexts> =>
    judgeTexts(files, { rule: tested, rules: [tested], options: undefined });

  /** Puts a text in place of the value. */
  const writing =
    (value: string): Fix<unknown>['edits'] =>
    (ctx) => {
      const span = debugEntry(ctx)?.value?.span;
      return span && [ctx.replace(span, value)];
    };

  it('lets a rule pass that keeps its promises', async () => {
    assert.deepEqual(await judge(finding(writing('false'))), { flaws: [], findings: 1, fixes: 1 });
  });

  const broken: readonly (readonly [why: string, rule: RegisteredRule, told: RegExp])[] = [
    ['a place behind the end', finding(writing('false'), () => ({ start: 3, end: 9999 })), /is at 3-9999 of/],
    [
      'edits that overlap',
      finding((ctx) => [ctx.replace({ start: 0, end: 9 }, ''), ctx.replace({ start: 5, end: 12 }, '')]),
      /overlap/,
    ],
    ['an edit behind the end', finding((ctx) => [ctx.replace({ start: 0, end: 9999 }, '')]), /outside of its text/],
    ['a fix that leaves the finding', finding(writing('true # off')), /is still there/],
    ['a fix that breaks the syntax', finding(writing('"false')), /breaks the syntax/],
    [
      'a fix that changes what is elsewhere',
      finding(writing('false\nmore:')),
      /it does not touch: \.service\.port = 80 is gone/,
    ],
    ['a fix that mixes line ends', finding(writing('false\r\n')), /Windows line ends among others/],
    [
      'a fix that throws',
      finding(() => {
        throw new Error('no');
      }),
      /threw in Switch it off/,
    ],
  ];
  for (const [why, tested, told] of broken) {
    it(`tells of ${why}`, async () => {
      const { flaws } = await judge(tested);
      assert.match(flaws.join('\n'), told);
    });
  }
});

import { z } from 'zod';
import { rule } from '#api';
import { quotedTitle } from '../../_shared/toggleMark.ts';

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary:
      'Airworthy comments in checklists that do not count: waivers that ended or give no reason, and rules that do not exist.',
    appliesTo: 'everywhere',
    topics: [],
    messages: {
      expired: 'The waiver of "{title}" ended on {until}. Do what it put off, or waive the item anew with a later day.',
      noReason: 'This waiver gives no reason, so it does not count. Write why the item can wait behind a colon.',
      badDate: 'There is no such day in a calendar, so this waiver does not count. Write the day as year-month-day.',
      unknownRule:
        'There is no rule {rule}, so this comment links "{title}" to nothing. Run "airworthy rules" to see all.',
    },
  },
  options: z.strictObject({}),
  checklist: {
    check(ctx) {
      for (const { item, verdict, evidence } of ctx.judged.items) {
        const title = quotedTitle(item);
        const { waiver } = item;
        if (waiver?.problem === 'reason') ctx.report(waiver.span, 'noReason');
        if (waiver?.problem === 'date') ctx.report(waiver.span, 'badDate');
        if (waiver?.until !== undefined && verdict === 'expired') {
          ctx.report(waiver.span, 'expired', { title, until: waiver.until });
        }
        for (const link of item.links) {
          if (link.from !== 'comment' || link.rule.startsWith('checklist/')) continue;
          const isUnknown = evidence.some(
            (one) => one.rule === link.rule && one.why === `There is no rule ${link.rule}.`,
          );
          if (isUnknown) ctx.report(link.span, 'unknownRule', { rule: link.rule, title });
        }
      }
    },
  },
});

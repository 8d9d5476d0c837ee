import { z } from 'zod';
import { type ProgressBar, rule } from '#api';
import { countsFor } from '../../_shared/checklistCounts.ts';
import { isAbout, isRight, percentOf } from './count.ts';
import { rewriteBar } from './fix.ts';

/** As written, in words. */
function said({ percent, done, total }: ProgressBar): string {
  return [percent === undefined ? '' : `${percent} %`, total === undefined ? '' : `${done} of ${total}`]
    .filter((part) => part !== '')
    .join(', ');
}

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'Percentages, counts and progress bars that differ from the boxes they sum.',
    appliesTo: 'everywhere',
    topics: [],
    messages: {
      mismatch: 'This says {said}, but {done} of {total} are done ({percent} %). Write what the boxes say.',
    },
  },
  options: z.strictObject({}),
  checklist: {
    check(ctx) {
      const { document } = ctx.judged;
      for (const bar of document.bars) {
        if (bar.all || bar.estimate || (bar.percent === undefined && bar.total === undefined)) continue;
        const counts = countsFor(bar, document);
        const best = counts.find((count) => isAbout(bar, count));
        if (best === undefined || counts.some((count) => isRight(bar, count))) continue;
        const { done, total } = best;
        const spans = { number: bar.percentSpan, count: bar.countSpan, blocks: bar.blocksSpan };
        const places = Object.entries(spans).flatMap(([name, span]) =>
          span === undefined
            ? []
            : [[`${name}Start`, span.start - bar.start] as const, [`${name}End`, span.end - bar.start] as const],
        );
        const percent = percentOf({ done, total });
        ctx.report(bar, 'mismatch', { said: said(bar), done, total, percent, ...Object.fromEntries(places) });
      }
    },
  },
  fixes: {
    mismatch: [{ title: 'Write {percent} %', safety: 'safe', edits: rewriteBar }],
  },
});

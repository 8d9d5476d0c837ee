import { z } from 'zod';
import { type ItemStatus, type RelatedPlace, rule } from '#api';
import { quotedTitle } from '../../_shared/toggleMark.ts';
import { deniedClaims } from './deniedClaims.ts';
import { disagreements } from './disagreements.ts';
import { bringInLine } from './fix.ts';
import { openBelowItem, openBelowSection } from './openParts.ts';
import { phaseConflicts } from './phases.ts';

const statusWords: Readonly<Record<ItemStatus, string>> = {
  open: 'open',
  waiting: 'waiting',
  inProgress: 'in progress',
  attention: 'in need of attention',
  done: 'done',
  dropped: 'dropped',
};

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary:
      'Checklists that contradict themselves or each other: done as a whole and open in its parts, done in one place and open in another.',
    appliesTo: 'everywhere',
    topics: [],
    messages: {
      openParts:
        '"{title}" is marked as done, but not all of its parts are ({count} open): "{first}". Close them or take the mark away.',
      openSection:
        'The heading "{title}" says that all below is done, but not all of it is ({count} open): "{first}". Close them or take the mark away.',
      allDone:
        'This says that all {total} are done, but only {done} of them are. Close the others, or write how many are done.',
      phase: '"{title}" is marked as done here and as {there} in line {line}. Bring both places in line.',
      disagree: '"{title}" is {here} here and {there} in {where}. Bring both in line.',
      disagreeProven:
        '"{title}" is {here} here and {there} in {where}; the code says that it is {right}. Bring both in line.',
    },
  },
  options: z.strictObject({}),
  checklist: {
    check(ctx) {
      const { judged } = ctx;
      const { items, sections } = judged.document;
      const place = (span: { start: number; end: number }, label: string): RelatedPlace => ({
        path: judged.path,
        span,
        label,
      });
      for (const item of items) {
        const open = openBelowItem(item, items, ctx.text);
        const [first] = open;
        if (first === undefined) continue;
        const related = open.slice(0, 10).map((part) => place(part.titleSpan, 'Not done.'));
        const data = { title: quotedTitle(item), count: open.length, first: quotedTitle(first) };
        ctx.report(item.titleSpan, 'openParts', data, { related });
      }
      for (const section of sections) {
        const open = openBelowSection(section, sections, items, ctx.text);
        const [first] = open;
        if (first === undefined) continue;
        const related = open.slice(0, 10).map((part) => place(part.titleSpan, 'Not done.'));
        const data = { title: section.title, count: open.length, first: quotedTitle(first) };
        ctx.report(section.headingSpan, 'openSection', data, { related });
      }
      for (const { claim, count } of deniedClaims(judged.document)) {
        const related = count.open.slice(0, 10).map((part) => place(part.titleSpan, 'Not done.'));
        ctx.report(claim, 'allDone', { total: count.total, done: count.done }, { related });
      }
      for (const { done, others } of phaseConflicts(judged.document)) {
        const [first] = others;
        if (first === undefined) continue;
        const related = others
          .slice(0, 10)
          .map(({ span, status }) => place(span, `Here it is ${statusWords[status]}.`));
        const data = { title: done.title, there: statusWords[first.status], line: first.line };
        ctx.report(done.span, 'phase', data, { related });
      }
      for (const { item, message, data, related } of disagreements(ctx))
        ctx.report(item.titleSpan, message, data, { related });
    },
  },
  fixes: {
    disagreeProven: [{ title: 'Mark "{title}" as {right} in all places', safety: 'suggest', edits: bringInLine }],
  },
});

import { z } from 'zod';
import { rule } from '#api';
import { passComparator } from './comparator.ts';
import { defaultSort } from './defaultSort.ts';
import { misorderedElements } from './elements.ts';
import { isKeyOfValues } from './keyOfValues.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Numbers, bigints and dates that are sorted as text.',
    promise: 'Numbers, bigints and dates are sorted by value',
    topics: ['sort', 'sorting', 'sort order', 'comparator', 'median', 'percentile'],
    subject: ['sort', 'toSorted'],
    references: [
      {
        title: 'MDN: Array.prototype.sort()',
        url: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Array/sort',
      },
      {
        title: 'ECMAScript: CompareArrayElements',
        url: 'https://tc39.es/ecma262/#sec-comparearrayelements',
      },
    ],
    messages: {
      numbers:
        '{method}() without a comparator compares numbers as text, so 10 comes before 9 and minima, medians and pages are wrong. Pass one that subtracts.',
      bigints:
        '{method}() without a comparator compares bigints as text, so 10n comes before 9n. Pass one that compares the values.',
      dates:
        '{method}() without a comparator compares dates as text that begins with the weekday, so every Friday comes before every Monday. Pass one that compares getTime().',
      mixed:
        '{method}() without a comparator compares these values as text, not by size. Bring them to one type and pass a comparator.',
      gaps: '{method}() without a comparator compares these values as text, so 10 comes before 9. Pass one that also says where missing values belong.',
    },
  },
  options: z.strictObject({}),
  types: {
    on: {
      CallExpression(node, ctx) {
        const sort = defaultSort(node);
        if (sort === undefined || isKeyOfValues(node, ctx.header)) return;
        const elements = misorderedElements(ctx.types.typeAt(sort.receiver), ctx.types.checker);
        if (elements !== undefined) ctx.report(sort.name, elements, { method: sort.method });
      },
    },
  },
  fixes: {
    numbers: [passComparator('numbers')],
    bigints: [passComparator('bigints')],
    dates: [passComparator('dates')],
  },
});

import { z } from 'zod';
import { type JudgedItem, rule } from '#api';
import { quotedTitle } from '../../_shared/toggleMark.ts';

/** A command that stands in another column: what to run, beside what has to be seen. */
const COMMAND =
  /\b(?:npm|npx|pnpm|yarn|bunx?|node|docker|kubectl|helm|make|curl|pytest|go|cargo|dotnet|git|gh)[ ][a-z-]/;

/**
 * Nobody and nothing can say whether the gate holds: no command, no person, no rule, no place to look. Only rows of a table
 * that has a column for it are asked; what stands behind "Validation:" in prose mostly tells how something works. Behind a
 * gate that was passed it tells who saw that, or how.
 */
function isUnverifiable({ item, evidence }: JudgedItem, text: string): boolean {
  if (item.gate === undefined || item.gate.command !== undefined) return false;
  if (item.form !== 'row' && item.form !== 'tabRow') return false;
  if (
    item.status === 'done' ||
    item.status === 'dropped' ||
    item.human ||
    item.waiver !== undefined ||
    item.references.length > 0
  )
    return false;
  if (item.fields.some(({ name, value }) => name === 'owner' && value !== '')) return false;
  if (COMMAND.test(text.slice(item.span.start, item.span.end))) return false;
  return !evidence.some(({ kind }) => kind !== 'related');
}

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    enabled: false,
    summary: 'Gates of a checklist that nobody can check: no command, no owner, no place to look, no rule.',
    appliesTo: 'everywhere',
    topics: [],
    messages: {
      unverifiable:
        'Nothing tells how the gate "{title}" is checked. Write the command that shows it, who decides, or the rule it stands for.',
    },
  },
  options: z.strictObject({}),
  checklist: {
    check(ctx) {
      for (const judged of ctx.judged.items) {
        const { item } = judged;
        if (isUnverifiable(judged, ctx.text)) ctx.report(item.titleSpan, 'unverifiable', { title: quotedTitle(item) });
      }
    },
  },
});

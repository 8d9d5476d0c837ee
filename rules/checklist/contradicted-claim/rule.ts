import { z } from 'zod';
import { type ChecklistContext, type Evidence, type JudgedItem, type RelatedPlace, rule } from '#api';
import { markData, quotedTitle, toggleMark } from '../../_shared/toggleMark.ts';

type Context = ChecklistContext<'contradicted' | 'regressed' | 'broken', { readonly places: number }>;

/** Findings that speak against an item, worst evidence first. */
function against(evidence: readonly Evidence[], verdict: string) {
  const deciding = evidence.filter(({ kind }) => kind !== 'related');
  if (verdict === 'regressed')
    return deciding.flatMap((one) =>
      one.verifiedAt === undefined
        ? []
        : [...one.findings, ...one.elsewhere].map((place) => ({ ...place, rule: one.rule })),
    );
  return deciding.flatMap(({ rule: id, findings }) => findings.map((place) => ({ ...place, rule: id })));
}

function check(judged: JudgedItem, ctx: Context): void {
  const { item, verdict, evidence, gate } = judged;
  if (verdict !== 'contradicted' && verdict !== 'regressed') return;
  const at = item.titleSpan;
  const data = { title: quotedTitle(item), ...markData(item, at) };
  const places = against(evidence, verdict);
  const rules = [...new Set(places.map((place) => place.rule))].join(', ');
  const shown = places.slice(0, ctx.options.places);
  const related = shown.map(({ path, start, end, rule: id, message }): RelatedPlace => {
    return { path, span: { start, end }, label: `${id}: ${message}` };
  });
  if (verdict === 'contradicted') {
    const code = places.length > 0 ? `${rules} finds something (${places.length})` : undefined;
    const against = code ?? `"${gate?.command}" ended with exit code ${gate?.exitCode}`;
    ctx.report(at, 'contradicted', { ...data, against }, { related });
    return;
  }
  const commit =
    evidence.find(({ verifiedAt }) => verifiedAt !== undefined)?.verifiedAt?.slice(0, 12) || 'an earlier commit';
  ctx.report(at, 'regressed', { ...data, rules, count: places.length, commit }, { related });
  for (const { path, start, end } of shown) {
    const promise = { path: ctx.judged.path, span: at, label: `The promise: ${quotedTitle(item)}` };
    const where = `${ctx.judged.name}:${item.line}`;
    ctx.report({ path, start, end }, 'broken', { title: quotedTitle(item), where, commit }, { related: [promise] });
  }
}

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary:
      'Checklist items that are ticked while findings say otherwise, and promises that were kept once and are broken again.',
    appliesTo: 'everywhere',
    topics: [],
    messages: {
      contradicted:
        '"{title}" is marked as done, but {against}. Mend it, take the mark away, or waive the item with a reason.',
      regressed:
        '"{title}" was verified at {commit}, and {rules} finds something again ({count}). Mend it, or take the mark away if this is no longer promised.',
      broken:
        'This breaks a promise: "{title}" ({where}) was verified at {commit}. Mend it here, or take the promise back there.',
    },
  },
  options: z.strictObject({
    places: z
      .int()
      .min(1)
      .max(100)
      .default(10)
      .describe('How many of the findings against an item are shown with it, and how many are marked in code.'),
  }),
  checklist: {
    check(ctx) {
      for (const judged of ctx.judged.items) check(judged, ctx);
    },
  },
  fixes: {
    contradicted: [{ title: 'Take the mark away', safety: 'safe', edits: toggleMark }],
    regressed: [{ title: 'Take the promise back', safety: 'suggest', edits: toggleMark }],
  },
});

import { z } from 'zod';
import { rule } from '#api';
import { markData, quotedTitle, toggleMark } from '../../_shared/toggleMark.ts';

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'Open checklist items whose rules ran over the workspace, had something to look at, and found nothing.',
    appliesTo: 'everywhere',
    topics: [],
    messages: {
      satisfied: '"{title}" is open, but {proof}. Mark it as done.',
    },
  },
  options: z.strictObject({}),
  checklist: {
    check(ctx) {
      for (const { item, verdict, evidence, gate } of ctx.judged.items) {
        // A mark that says "on the way" is somebody's own account of it.
        if (verdict !== 'satisfied' || item.status !== 'open') continue;
        const at = item.titleSpan;
        const data = { title: quotedTitle(item), ...markData(item, at) };
        const clean = evidence.filter(({ kind, state }) => kind !== 'related' && state === 'clean');
        const rules = clean.map((one) => one.rule).join(', ');
        const proof =
          rules === '' ? `"${gate?.command}" passed` : `${rules} looked at all of the code and found nothing`;
        ctx.report(at, 'satisfied', { ...data, proof });
      }
    },
  },
  fixes: {
    satisfied: [{ title: 'Mark as done', safety: 'safe', edits: toggleMark }],
  },
});

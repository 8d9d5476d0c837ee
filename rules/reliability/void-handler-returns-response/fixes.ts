import type { Fix, FixContext, TextEdit } from '#api';
import { dropReturn } from './dropReturn.ts';
import { factsOf, placeOf, type Violation, violations } from './violations.ts';

/** Corrects the place that was found. */
export const sendThenReturn: Fix<unknown> = {
  title: 'Send the response, then return nothing',
  safety: 'safe',
  edits: (ctx, finding) =>
    editsFor(ctx, (violation) => {
      const place = placeOf(violation);
      return place.getStart(ctx.file) === finding.start && place.end === finding.end;
    }),
};

/** Corrects every such place of the file; not offered where there is only one. */
export const sendThenReturnEverywhere: Fix<unknown> = {
  title: 'Do so in every handler of this file',
  safety: 'suggest',
  edits(ctx) {
    const all = editsFor(ctx, () => true);
    return all.length > 1 ? all : undefined;
  },
};

function editsFor(ctx: FixContext<unknown>, wanted: (violation: Violation) => boolean): readonly TextEdit[] {
  return [...violations(factsOf(ctx.file), ctx)].filter(wanted).map((violation) => {
    const { place, text } = dropReturn(violation, ctx.file);
    return ctx.replace(place, text);
  });
}

import { z } from 'zod';
import type { Fix, TextEdit } from '#api';
import { replaceAt } from '../../_shared/toggleMark.ts';

const markPlaces = z.array(z.object({ path: z.string(), start: z.number(), mark: z.string(), toggled: z.string() }));

/** Sets the marks of a claim in all documents to what the code says; all of them or none. */
export const bringInLine: Fix<unknown>['edits'] = (ctx, finding) => {
  const { marks } = finding.data;
  if (typeof marks !== 'string') return undefined;
  const edits: TextEdit[] = [];
  for (const { path, start, mark, toggled } of markPlaces.parse(JSON.parse(marks))) {
    const edit = replaceAt(ctx, path, start, mark, toggled);
    if (edit === undefined) return undefined;
    edits.push(edit);
  }
  return edits;
};

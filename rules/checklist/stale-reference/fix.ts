import type { Fix } from '#api';

/** Writes the path of the file that is there; line numbers stay. */
export const pointToFile: Fix<unknown>['edits'] = (ctx, finding) => {
  const { path, to } = finding.data;
  if (typeof path !== 'string' || typeof to !== 'string') return undefined;
  const end = finding.start + path.length;
  return ctx.text.slice(finding.start, end) === path ? [ctx.replace({ start: finding.start, end }, to)] : undefined;
};

import type { Finding, FixContext, TextEdit } from '#api';
import { jobsOf } from '../../_shared/delivery/workflow.ts';
import { entryCut, flagCut } from '../../_shared/lineCuts.ts';

const SETTING = 'continue-on-error';

/** Takes `continue-on-error` out with its line, each of them where it is written twice. */
export function removeSetting(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const { document, text } = ctx;
  if (document.language !== 'yaml') return undefined;
  const nodes = jobsOf(document.roots[0]).flatMap(({ node, steps }) => [node, ...steps.map((step) => step.node)]);
  const own = nodes.find(({ entries }) => entries.some(({ span }) => span.start === finding.start));
  const edits = own?.entries
    .filter(({ key, merged }) => key === SETTING && merged !== true)
    .map(({ span }) => entryCut(text, span))
    .map((cut) => cut && ctx.replace(cut, ''));
  return edits?.every((edit) => edit !== undefined) ? edits : undefined;
}

/** Takes the setting that is reported out with its line. */
export function removeEntry(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const cut = entryCut(ctx.text, finding);
  return cut && [ctx.replace(cut, '')];
}

/** Takes a flag out of its command. */
export function removeFlag(ctx: FixContext<unknown>, finding: Finding): TextEdit[] {
  return [ctx.replace(flagCut(ctx.text, finding), '')];
}

/** Takes `|| true` away, with the blanks and the continued line before it. */
export function removeAlternative(ctx: FixContext<unknown>, finding: Finding): TextEdit[] {
  const space = /[ \t]*(?:\\?\r?\n[ \t]*)?$/.exec(ctx.text.slice(0, finding.start))?.[0].length ?? 0;
  return [ctx.replace({ start: finding.start - space, end: finding.end }, '')];
}

/** `check; other` becomes `check && other`. */
export function goOnWhenWell(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const space = /[ \t]*$/.exec(ctx.text.slice(0, finding.start))?.[0].length ?? 0;
  const after = /^\s/.test(ctx.text.slice(finding.end)) ? '' : ' ';
  return [ctx.replace({ start: finding.start - space, end: finding.end }, ` &&${after}`)];
}

/** `check` on a line of its own becomes `check || exit 1`. */
export function endWhenFailed(ctx: FixContext<unknown>, finding: Finding): TextEdit[] {
  return [ctx.insert(finding.end, ' || exit 1')];
}

/** Takes the mark away with which make goes on behind a line that failed. */
export function removeMark(ctx: FixContext<unknown>, finding: Finding): TextEdit[] {
  return [ctx.replace(finding, '')];
}

import type { Finding, FixContext, TextEdit } from '#api';
import { isFlow } from '../../_shared/delivery/composeLayout.ts';
import { jobsOf, ownEntry } from '../../_shared/delivery/workflow.ts';
import { indentAt, lineEnd } from '../../_shared/layout.ts';

/** Lets a job wait for the one that tests. */
export function addNeeds(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const { document, text } = ctx;
  const test = String(ctx.data['test']);
  if (document.language !== 'yaml' || !('roots' in document)) return undefined;
  const job = jobsOf(document.roots[0]).find(({ idSpan }) => idSpan.start === finding.start);
  const [first] = job?.node.entries ?? [];
  if (job === undefined || first === undefined || isFlow(text, job.node)) return undefined;
  const entry = ownEntry(job.node, 'needs');
  const needs = entry?.value;
  if (needs === undefined) {
    return [ctx.insert(first.span.start, `needs: ${test}${lineEnd(text)}${indentAt(text, first.span.start)}`)];
  }
  if (needs.definition !== undefined) return undefined;
  // `needs:` with nothing behind it.
  if (entry !== undefined && needs.kind === 'scalar' && needs.value === null)
    return text[entry.keySpan.end] === ':' ? [ctx.insert(entry.keySpan.end + 1, ` ${test}`)] : undefined;
  if (needs.kind === 'scalar')
    return [ctx.replace(needs.span, `[${text.slice(needs.span.start, needs.span.end)}, ${test}]`)];
  const last = needs.kind === 'array' ? needs.items.at(-1) : undefined;
  if (last === undefined || last.definition !== undefined) return undefined;
  if (text[needs.span.start] === '[') return [ctx.insert(last.span.end, `, ${test}`)];
  return [ctx.insert(last.span.end, `${lineEnd(text)}${indentAt(text, last.span.start)}- ${test}`)];
}

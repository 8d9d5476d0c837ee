import type { Finding, FixContext, TextEdit } from '#api';
import { endOfMembers } from '../../_shared/delivery/composeLayout.ts';
import { indentAt, lineEnd } from '../../_shared/layout.ts';
import { unboundedIn } from './unbounded.ts';

/** Lets all services that the finding names be started again, unless somebody stopped them. */
export function addRestart(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const { document, text } = ctx;
  if (document.language !== 'yaml') return undefined;
  const found = unboundedIn(document).find(
    ({ message, services: [first] }) => message === 'restart' && first.nameSpan.start === finding.start,
  );
  const edits = found?.services.map(({ node }) => {
    const at = endOfMembers(text, node);
    const [first] = node.entries;
    if (at === undefined || first === undefined) return undefined;
    return ctx.insert(at, `${lineEnd(text)}${indentAt(text, first.keySpan.start)}restart: unless-stopped`);
  });
  return edits?.every((edit) => edit !== undefined) ? edits : undefined;
}

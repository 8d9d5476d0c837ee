import type { DataEntry, DataNode, Span } from '#api';

/**
 * The entry of a mapping at a span, or the entry around it where the mapping holds nothing else: without its only entry,
 * `env:` would stand there with no value, which readers of YAML take for another thing than no `env`. Comments are reason
 * enough to leave it.
 */
export function emptiedEntry(text: string, roots: readonly DataNode[], span: Span): Span {
  for (const root of roots) {
    const above = entryAbove(root, span);
    if (above?.value?.kind !== 'object' || above.value.entries.length > 1) continue;
    const lines = text.slice(above.keySpan.end, above.span.end);
    if (!/(?:^|\s)#/.test(lines)) return above.span;
  }
  return span;
}

/** The entry whose mapping has an entry at the span. */
function entryAbove(node: DataNode, span: Span): DataEntry | undefined {
  if (node.definition !== undefined || node.kind === 'scalar') return undefined;
  if (node.kind === 'array') {
    const item = node.items.find((each) => holds(each.span, span));
    return item && entryAbove(item, span);
  }
  const entry = node.entries.find((each) => each.merged === undefined && holds(each.span, span));
  if (entry?.value === undefined) return undefined;
  const isDirect =
    entry.value.kind === 'object' &&
    entry.value.entries.some((each) => each.span.start === span.start && each.span.end === span.end);
  return isDirect ? entry : entryAbove(entry.value, span);
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && outer.end >= inner.end;
}

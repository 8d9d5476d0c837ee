import type { Span } from '../api/finding.ts';
import type { ts } from '../ts.ts';

/** Span of a node without its leading comments, or a span as it is, relative to `base`. */
export function spanOf(at: ts.Node | Span, file: ts.SourceFile, base: number): Span {
  const start = 'kind' in at ? at.getStart(file) : at.start;
  return { start: start - base, end: at.end - base };
}

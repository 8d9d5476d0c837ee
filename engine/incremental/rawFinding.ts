import type { MessageData, Span } from '../api/finding.ts';

/** A finding before it is worded: offsets are relative to whatever holds it. */
export interface RawFinding extends Span {
  /** Rule id. */
  readonly rule: string;
  readonly messageId: string;
  readonly data: MessageData;
  readonly related: readonly { readonly span: Span; readonly label: string }[];
}

/** Moves findings by `delta` and appends them. */
export function appendMoved(from: readonly RawFinding[], delta: number, to: RawFinding[]): void {
  for (const finding of from) to.push(delta === 0 ? finding : moved(finding, delta));
}

function moved(finding: RawFinding, delta: number): RawFinding {
  return {
    ...finding,
    start: finding.start + delta,
    end: finding.end + delta,
    related: finding.related.map(({ span, label }) => ({
      span: { start: span.start + delta, end: span.end + delta },
      label,
    })),
  };
}

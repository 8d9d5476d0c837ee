import type { Finding } from '#engine/api/finding.ts';
import type { Expectation } from './annotations.ts';

/** `3:5-9`: 1-based line and columns; the end's line only when it is another one. */
export function placeOf(text: string, start: number, end: number | undefined): string {
  const at = (offset: number): readonly [line: number, column: number] => {
    const before = text.slice(0, offset).split('\n');
    return [before.length, (before.at(-1)?.length ?? 0) + 1];
  };
  const [line, column] = at(start);
  if (end === undefined) return `${line}:${column}-…`;
  const [endLine, endColumn] = at(end);
  return `${line}:${column}-${endLine === line ? '' : `${endLine}:`}${endColumn}`;
}

function meets(finding: Finding, wanted: Expectation): boolean {
  return (
    finding.messageId === wanted.messageId &&
    finding.start === wanted.start &&
    (wanted.end === undefined || finding.end === wanted.end) &&
    Object.entries(wanted.data).every(([key, value]) => finding.data[key] === value)
  );
}

/**
 * Compares what a rule found in a document with what the fixture announces. Returns one line per difference; places are
 * those of the text without the fixture's comments.
 */
export function differences(
  text: string,
  findings: readonly Finding[],
  expectations: readonly Expectation[],
): readonly string[] {
  const open = [...findings];
  const missing = expectations.filter((wanted) => {
    const index = open.findIndex((finding) => meets(finding, wanted));
    if (index >= 0) open.splice(index, 1);
    return index < 0;
  });
  return [
    ...missing.map((wanted) => {
      const data = Object.keys(wanted.data).length > 0 ? ` ${JSON.stringify(wanted.data)}` : '';
      const place = placeOf(text, wanted.start, wanted.end);
      return `missing: ${wanted.messageId}${data} at ${place} (announced in line ${wanted.line} of the fixture)`;
    }),
    ...open.map((finding) => {
      const place = placeOf(text, finding.start, finding.end);
      const source = text.slice(finding.start, Math.min(finding.end, finding.start + 60)).replaceAll('\n', '⏎');
      return `unexpected: ${finding.messageId} ${JSON.stringify(finding.data)} at ${place}: ${source}`;
    }),
  ];
}

import type { Span } from '../api/finding.ts';
import type { FieldName } from './model.ts';
import { insideAny, type PlainText, trimRange } from './plain.ts';

/** `Label: value` at ranges of a plain text. */
export interface FoundField {
  readonly name: FieldName;
  readonly label: Span;
  readonly value: Span;
}

const LABELS: Readonly<Record<Exclude<FieldName, 'other'>, string>> = {
  file: 'file|files|file(s)|path|paths|location|locations|where|source',
  current: 'current|currently|current state|current status|problem|problems|issue|today|actual|before',
  fix: 'fix|fixes|solution|resolution|remediation|mitigation|action|what to do|recommendation|recommended|how|how to fix|approach|exact change|change|proposed fix',
  add: 'add|adds',
  implement: 'implement|implementation|use|improve|build',
  why: 'why|why critical|why important|why it matters|reason|rationale',
  impact: 'impact',
  effort: 'effort|estimate|estimated effort|estimated time|size',
  priority: 'priority|prio|severity',
  status: 'status|state|progress',
  owner: 'owner|assignee|assigned to|responsible|who|dri',
  due: 'due|due date|deadline|eta|target date|when',
  gate: 'gate|command|verify|verification|validation|validate|how to verify|check|command / verification|verification command|run',
  expected: 'expected|expected result|pass when|done when|target|pass criteria|acceptance criteria',
};
const NAMES = new Map(
  Object.entries(LABELS).flatMap(([name, labels]) =>
    labels.split('|').map((label) => [label, name as FieldName] as const),
  ),
);

/** What a label means. */
export function fieldName(label: string): FieldName {
  return NAMES.get(label.trim().toLowerCase()) ?? 'other';
}

const LABEL = /^[\p{L}][\p{L}\d &/()-]{0,40}$/u;

/**
 * The field at the start of a range: `File: src/a.ts`. A label that means nothing here needs bold letters, or `any`, which
 * is for lines that can hardly be anything but fields.
 */
function fieldAt(plain: PlainText, start: number, end: number, any = false): FoundField | undefined {
  const range = trimRange(plain.text, start, end);
  const colon = plain.text.slice(range.start, Math.min(range.end, range.start + 44)).indexOf(':');
  if (colon < 1) return undefined;
  const label = trimRange(plain.text, range.start, range.start + colon);
  const words = plain.text.slice(label.start, label.end);
  if (!LABEL.test(words) || insideAny(plain.code, label.start)) return undefined;
  const name = fieldName(words);
  if (name === 'other') {
    const bold = insideAny(plain.strong, label.start);
    if (!(any && words.split(' ').length <= 3) && !bold) return undefined;
  }
  const value = trimRange(plain.text, range.start + colon + 1, range.end);
  return value.start === value.end ? undefined : { name, label, value };
}

/** The fields of a line, which may hold several: `Impact: HIGH | Effort: LOW`. */
export function fieldsOf(plain: PlainText, start: number, end: number, any = false): FoundField[] {
  const fields: FoundField[] = [];
  for (let from = start; from <= end; ) {
    let to = plain.text.indexOf(' | ', from);
    while (to >= 0 && insideAny(plain.code, to)) to = plain.text.indexOf(' | ', to + 1);
    if (to < 0 || to > end) to = end;
    const field = fieldAt(plain, from, to, any);
    if (field !== undefined) fields.push(field);
    from = to + 3;
  }
  return fields;
}

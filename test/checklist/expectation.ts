import assert from 'node:assert/strict';
import type { ChecklistDocument, ChecklistItem, FieldName, ItemForm, ItemStatus } from '#engine/checklist/model.ts';

/** What a careful reader finds in a document, written down by hand before the parser was run over it. */
export interface Expectation {
  readonly items: number;
  readonly status: Partial<Record<ItemStatus, number>>;
  /** By level; `none` counts items without. */
  readonly priority: Readonly<Record<string, number>>;
  readonly references: number;
  readonly gates: number;
  /** Gates that have a command. */
  readonly commands: number;
  readonly bars: number;
  readonly locations: number;
  readonly human: number;
  readonly asides: number;
  readonly fieldCount?: number;
  readonly sample: readonly ExpectedItem[];
}

export interface ExpectedItem {
  readonly line: number;
  readonly title: string;
  readonly status: ItemStatus;
  readonly form?: ItemForm;
  /** `null`: there is none. */
  readonly priority?: string | null;
  readonly parent?: string | null;
  /** `path:27,82-86` */
  readonly refs?: readonly string[];
  readonly fields?: Partial<Record<FieldName, string>>;
  readonly command?: string | null;
  readonly expected?: string;
  readonly gate?: null;
  readonly human?: boolean;
  readonly aside?: string;
}

function countBy(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** References as a reader writes them. */
export function referenceTexts(item: ChecklistItem): string[] {
  return item.references.map(({ path, lines }) => {
    const ranges = lines.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`));
    return ranges.length === 0 ? path : `${path}:${ranges.join(',')}`;
  });
}

function compare(item: ChecklistItem, expected: ExpectedItem, titles: ReadonlyMap<string, string>): void {
  const where = `line ${expected.line}: ${expected.title}`;
  assert.equal(item.title, expected.title, where);
  assert.equal(item.status, expected.status, where);
  if (expected.form !== undefined) assert.equal(item.form, expected.form, where);
  if (expected.priority !== undefined) assert.equal(item.priority?.level ?? null, expected.priority, where);
  if (expected.parent !== undefined) {
    assert.equal(item.parent === undefined ? null : titles.get(item.parent), expected.parent, where);
  }
  if (expected.refs !== undefined) assert.deepEqual(referenceTexts(item), expected.refs, where);
  for (const [name, value] of Object.entries(expected.fields ?? {})) {
    assert.equal(item.fields.find((field) => field.name === name)?.value, value, `${where}: ${name}`);
  }
  if (expected.gate === null) assert.equal(item.gate, undefined, where);
  if (expected.command !== undefined) assert.equal(item.gate?.command ?? null, expected.command, where);
  if (expected.expected !== undefined) assert.equal(item.gate?.expected, expected.expected, where);
  if (expected.human !== undefined) assert.equal(item.human, expected.human, where);
  if (expected.aside !== undefined) assert.equal(item.aside, expected.aside, where);
}

/** Compares all counts, and the items of the sample one by one. */
export function assertReads(document: ChecklistDocument, expected: Expectation): void {
  const { items } = document;
  const titles = new Map(items.map(({ id, title }) => [id, title]));
  for (const sample of expected.sample) {
    const item = items.find(({ line }) => line === sample.line);
    assert.ok(item, `line ${sample.line}: "${sample.title}" is no item`);
    compare(item, sample, titles);
  }
  const gates = items.flatMap(({ gate }) => gate ?? []);
  assert.deepEqual(
    {
      items: items.length,
      status: countBy(items.map(({ status }) => status)),
      priority: countBy(items.map(({ priority }) => priority?.level ?? 'none')),
      references: items.reduce((sum, { references }) => sum + references.length, 0),
      gates: gates.length,
      commands: gates.filter(({ command }) => command !== undefined).length,
      bars: document.bars.length,
      locations: document.locations.length,
      human: items.filter(({ human }) => human).length,
      asides: items.filter(({ aside }) => aside !== undefined).length,
    },
    {
      items: expected.items,
      status: expected.status,
      priority: expected.priority,
      references: expected.references,
      gates: expected.gates,
      commands: expected.commands,
      bars: expected.bars,
      locations: expected.locations,
      human: expected.human,
      asides: expected.asides,
    },
  );
  if (expected.fieldCount !== undefined) {
    assert.equal(
      items.reduce((sum, { fields }) => sum + fields.length, 0),
      expected.fieldCount,
      'fields',
    );
  }
}

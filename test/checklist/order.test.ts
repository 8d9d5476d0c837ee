import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byStanding } from '#engine/checklist/judging/choose.ts';
import { writtenOn } from '#engine/checklist/written.ts';

test('a document is as recent as the latest day that its name or head gives', () => {
  for (const [name, text, expected] of [
    ['docs/2025-11-hardening.md', '# Hardening', '2025-11'],
    ['docs/plan.md', '# Plan\n\nWritten 2025-02-01, updated: 2026-03-14.', '2026-03-14'],
    ['docs/plan.md', '# Plan\n<!-- airworthy: waived until 2027-03-01 by @a: b -->', undefined],
    ['docs/plan.md', `# Plan\n${'x\n'.repeat(1_000)}2026-01-01`, undefined],
    ['docs/plan.md', '# Release 2026-13, build 12026-01-02, 2026-01-02-3', undefined],
  ] as const) {
    assert.equal(writtenOn(name, text), expected, name);
  }
});

test('of documents that rank alike the latest comes first, whatever the machine', () => {
  const doc = (path: string, rank: number, written?: string) => ({ path, rank, written });
  const documents = [
    doc('/a.md', 0.51),
    doc('/b.md', 0.5, '2024-05-01'),
    doc('/c.md', 0.49, '2026-05-01'),
    doc('/d.md', 1.2, '2020-01'),
    doc('/e.md', 0.1, '2026-11-01'),
  ];
  const order = documents.toSorted(byStanding).map(({ path }) => path);
  assert.deepEqual(order, ['/d.md', '/c.md', '/b.md', '/a.md', '/e.md']);
});

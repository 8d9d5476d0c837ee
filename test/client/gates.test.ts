import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Memento } from 'vscode';
import type { ChecklistGateEnded } from '#protocol/checklist.ts';
import { GateResults } from '../../client/checklist/gateResults.ts';

function memento(): Memento {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: <T>(key: string, fallback?: T) => (kept.get(key) ?? fallback) as T,
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
}

const result = (id: string, exitCode: number): ChecklistGateEnded => ({
  id,
  command: 'npm test',
  exitCode,
  problem: '',
  at: '2026-06-01T10:00:00.000Z',
  commit: '',
});

test('the last result of each gate is kept, and not for ever', async () => {
  const store = memento();
  const gates = new GateResults(store);
  await gates.add(result('a', 1));
  await gates.add(result('b', 0));
  await gates.add(result('a', 0));
  assert.deepEqual(new GateResults(store).all, [result('b', 0), result('a', 0)], 'another window');
  for (let n = 0; n < 500; n++) await gates.add(result(`gate ${n}`, 0));
  assert.equal(gates.all.length, 500);
  assert.equal(gates.all[0]?.id, 'gate 0');
});

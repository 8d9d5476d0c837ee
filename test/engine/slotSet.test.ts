import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SlotSet } from '#engine/flow/slotSet.ts';

const slotsIn = (set: SlotSet) => Array.from({ length: 200 }, (_, slot) => slot).filter((slot) => set.has(slot));

function setOf(...slots: readonly number[]): SlotSet {
  const set = new SlotSet();
  for (const slot of slots) set.add(slot);
  return set;
}

test('a set has what was added, at the edges of its words too', () => {
  assert.deepEqual(slotsIn(setOf(0, 31, 32, 63, 64, 199, 31)), [0, 31, 32, 63, 64, 199]);
  assert.equal(setOf(1).isEmpty, false);
  assert.equal(new SlotSet().isEmpty, true);
});

test('a set takes over what a shorter or a longer one has', () => {
  const short = setOf(3);
  short.addAll(setOf(3, 150));
  short.addAll(setOf(40));
  short.addAll(new SlotSet());
  assert.deepEqual(slotsIn(short), [3, 40, 150]);
});

test('joining leaves the other set alone', () => {
  const other = setOf(7);
  setOf(90).addAll(other);
  assert.deepEqual(slotsIn(other), [7]);
});

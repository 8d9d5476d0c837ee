import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Recovery } from '../../client/recovery.ts';

test('waits longer after every crash and gives up at the fifth', () => {
  const recovery = new Recovery();
  assert.deepEqual(
    [0, 1000, 2000, 3000, 4000].map((now) => recovery.crashed(now)),
    [500, 1000, 2000, 4000, undefined],
  );
});

test('forgets crashes after three minutes', () => {
  const recovery = new Recovery();
  for (let minute = 0; minute < 20; minute++) assert.equal(recovery.crashed(minute * 4 * 60_000), 500);
});

test('starts counting anew after it gave up', () => {
  const recovery = new Recovery();
  for (let crash = 0; crash < 5; crash++) recovery.crashed(crash);
  assert.equal(recovery.crashed(6), 500);
});

test('a wait can be cut short once', async () => {
  const recovery = new Recovery();
  assert.equal(recovery.hurry(), false);
  const wait = recovery.wait(60_000);
  assert.equal(recovery.hurry(), true);
  await wait;
  assert.equal(recovery.hurry(), false);
});

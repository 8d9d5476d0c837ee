import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { StoredOutcome } from '#engine/workspace/outcomeStore.ts';
import { OutcomeFile } from '#host/outcomeFile.ts';

const outcome: StoredOutcome = {
  findings: [{ rule: 'a/b', messageId: 'm', start: 1, end: 2, data: { text: 'tab\tand\nline\u2028' }, related: [] }],
  isTest: false,
  facts: [['facet', '{"x":1}', [{ start: 0, end: 1 }]]],
  suppressions: { items: [] },
};
const all = () => true;

function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'airworthy-outcomes-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('outcomes in a file', () => {
  it('come back for the same path, text and surroundings, and for nothing else', async (t) => {
    const file = join(emptyFolder(t), 'deep/outcomes.txt');
    const first = new OutcomeFile(file, '1');
    first.keep('/w/a\tb.ts', 'text', 'settings', outcome);
    await first.save(all);
    const second = new OutcomeFile(file, '1');
    assert.deepEqual(second.load('/w/a\tb.ts', 'text', 'settings'), outcome);
    assert.equal(second.load('/w/a\tb.ts', 'other', 'settings'), undefined);
    assert.equal(second.load('/w/a\tb.ts', 'text', 'other'), undefined);
    assert.equal(second.load('/w/c.ts', 'text', 'settings'), undefined);
    assert.equal(new OutcomeFile(file, '2').load('/w/a\tb.ts', 'text', 'settings'), undefined, 'another version');
  });

  it('of files that are gone are not written', async (t) => {
    const file = join(emptyFolder(t), 'outcomes.txt');
    const store = new OutcomeFile(file, '1');
    for (const path of ['/w/here.ts', '/w/gone.ts']) store.keep(path, 'text', '', outcome);
    await store.save((path) => path === '/w/here.ts');
    assert.match(readFileSync(file, 'utf8'), /here\.ts/);
    assert.doesNotMatch(readFileSync(file, 'utf8'), /gone\.ts/);
  });

  it('that are broken are as good as none', async (t) => {
    const folder = emptyFolder(t);
    const file = join(folder, 'outcomes.txt');
    const store = new OutcomeFile(file, '1');
    store.keep('/w/a.ts', 'text', '', outcome);
    await store.save(all);
    const whole = readFileSync(file, 'utf8');
    const broken = [
      '',
      '\0\0\0',
      whole.slice(0, -10),
      whole.replace('"a/b"', '"a/c"'),
      whole.replace('"/w/a.ts"', '{"'),
      whole.replaceAll('\t', ' '),
      whole.split('\n')[0] ?? '',
    ];
    for (const text of broken) {
      writeFileSync(file, text);
      assert.equal(new OutcomeFile(file, '1').load('/w/a.ts', 'text', ''), undefined, JSON.stringify(text));
    }
    writeFileSync(file, whole);
    assert.deepEqual(new OutcomeFile(file, '1').load('/w/a.ts', 'text', ''), outcome);
  });

  it('are replaced as a whole, and leave nothing else behind', async (t) => {
    const folder = emptyFolder(t);
    const file = join(folder, 'outcomes.txt');
    const store = new OutcomeFile(file, '1');
    for (let n = 0; n < 1000; n++) store.keep(`/w/${n}.ts`, 'text', '', outcome);
    const saving = store.save(all);
    store.keep('/w/later.ts', 'text', '', outcome);
    await Promise.all([saving, store.save(all)]);
    assert.deepEqual(readdirSync(folder), ['outcomes.txt']);
    assert.equal(readFileSync(file, 'utf8').split('\n').length, 1 + 1001 + 1);
  });

  it('that cannot be written say so', async (t) => {
    const folder = emptyFolder(t);
    writeFileSync(join(folder, 'taken'), '');
    const store = new OutcomeFile(join(folder, 'taken/outcomes.txt'), '1');
    store.keep('/w/a.ts', 'text', '', outcome);
    await assert.rejects(store.save(all));
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentKind } from '#engine/workspace/documentKind.ts';

test('the path says how a document is read, the editor only where it does not', () => {
  assert.equal(documentKind('/w/a.ts')?.type, 'source');
  assert.deepEqual(documentKind('/w/deploy/Dockerfile'), { type: 'format', language: 'dockerfile' });
  assert.equal(documentKind('/w/a.txt'), undefined);
  assert.equal(documentKind('/w/script', 'javascript')?.type, 'source');
});

test('lock files are not read, whatever an editor calls them', () => {
  for (const name of ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml']) {
    assert.equal(documentKind(`/w/${name}`), undefined);
    assert.equal(documentKind(`/w/${name}`, 'json'), undefined);
  }
  assert.equal(documentKind('/w/lock.json')?.type, 'format');
});

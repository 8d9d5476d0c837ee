import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryHost } from '#host/memory.ts';

test('files bring their folders', () => {
  const host = createMemoryHost({ '/a/b/c.ts': 'x', '/a/d.ts': 'y' });
  assert.equal(host.readText('/a/b/c.ts'), 'x');
  assert.equal(host.readText('/a/b'), undefined);
  assert.equal(host.isFolder('/a/b'), true);
  assert.equal(host.isFolder('/'), true);
  assert.equal(host.isFile('/a/b'), false);
  assert.deepEqual(host.list('/a'), [
    { name: 'b', kind: 'folder' },
    { name: 'd.ts', kind: 'file' },
  ]);
  assert.deepEqual(host.list('/'), [{ name: 'a', kind: 'folder' }]);
  assert.deepEqual(host.list('/gone'), []);
  assert.deepEqual(host.paths(), ['/a/b/c.ts', '/a/d.ts']);
});

test('removing takes folders with all that is in them', () => {
  const host = createMemoryHost({ '/a/b/c.ts': 'x', '/ab.ts': 'y' });
  host.remove('/a');
  assert.equal(host.readText('/a/b/c.ts'), undefined);
  assert.equal(host.isFolder('/a/b'), false);
  assert.deepEqual(host.list('/'), [{ name: 'ab.ts', kind: 'file' }]);
  host.write('/a/n.ts', 'z');
  assert.deepEqual(host.list('/a'), [{ name: 'n.ts', kind: 'file' }]);
});

test('lies over another host', () => {
  const below = createMemoryHost({ '/a/x.ts': 'below', '/a/y.ts': 'below' });
  const host = createMemoryHost({ '/a/x.ts': 'above', '/b/z.ts': 'above' }, below);
  assert.equal(host.readText('/a/x.ts'), 'above');
  assert.equal(host.readText('/a/y.ts'), 'below');
  assert.deepEqual(
    host.list('/a').map(({ name }) => name),
    ['x.ts', 'y.ts'],
  );
  host.remove('/a');
  assert.equal(host.isFile('/a/y.ts'), false);
  assert.equal(host.isFolder('/a'), false);
  host.write('/a/new.ts', 'n');
  assert.deepEqual(host.list('/a'), [{ name: 'new.ts', kind: 'file' }]);
});

test('tells what ignore files leave out, whether or not it is there', () => {
  const host = createMemoryHost({
    '/w/.gitignore': 'dist\n*.local.json\n',
    '/w/packages/a/.gitignore': '/made/**\n!/made/kept.ts\n',
  });
  const ignored = (path: string) => host.isIgnored?.('/w', path);
  assert.deepEqual(
    ['/w/dist', '/w/dist/a/b.js', '/w/packages/a/my.local.json', '/w/packages/a/made/x.ts'].map(ignored),
    [true, true, true, true],
  );
  assert.deepEqual(['/w/src/dist.ts', '/w/packages/a/made/kept.ts', '/elsewhere/dist'].map(ignored), [
    false,
    false,
    false,
  ]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importResolver } from '#engine/project/resolveImport.ts';
import type { Host } from '#engine/workspace/host.ts';

/** Files by their paths; folders are those that hold one, and have no slash at their ends. */
function hostOf(...files: readonly string[]): Host {
  return {
    readText: () => undefined,
    isFile: (path) => files.includes(path),
    isFolder: (path) => !path.endsWith('/') && files.some((file) => file.startsWith(`${path}/`)),
    list: () => [],
  };
}

test('names of folders lead to their index', () => {
  const host = hostOf('/shop/src/index.ts', '/shop/src/cart.ts', '/shop/src/orders/place.ts');
  const { resolve } = importResolver('/shop', host, host.isFile);
  for (const specifier of ['.', './', './index', './index.js']) {
    assert.equal(resolve('/shop/src/cart.ts', specifier), '/shop/src/index.ts', specifier);
  }
  for (const specifier of ['..', '../', '../index']) {
    assert.equal(resolve('/shop/src/orders/place.ts', specifier), '/shop/src/index.ts', specifier);
  }
  assert.equal(resolve('/shop/src/cart.ts', '..'), undefined);
});

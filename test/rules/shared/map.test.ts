import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

const shared = fileURLToPath(new URL('../../../rules/_shared', import.meta.url));
const map = readFileSync(join(shared, 'README.md'), 'utf8');
/** Files and folders that the map names: what stands in backticks and ends like one. */
const named = [...map.matchAll(/`([\w/]+(?:\.ts|\/))`/g)].map(([, path = '']) => path);

it('the map of what rules share names nothing that is not there', () => {
  assert.ok(named.length > 0);
  assert.deepEqual(
    named.filter((path) => !existsSync(join(shared, path))),
    [],
  );
});

it('the map of what rules share leads to everything at the top of the folder', () => {
  const missing = readdirSync(shared).filter(
    (entry) => entry !== 'README.md' && !named.some((path) => path === entry || path.startsWith(`${entry}/`)),
  );
  assert.deepEqual(missing, []);
});

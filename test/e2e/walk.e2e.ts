/** The packaged extension in a clean VS Code without a network, used as a person uses it. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { project } from '../../scripts/vscode/install.ts';
import { walkThrough } from './walk/walkThrough.ts';

test('a first hour with the installed extension', async (t) => {
  const { figures, refused } = await walkThrough('dark', join(project, 'out', 'e2e', 'walk'));
  for (const figure of figures) t.diagnostic(figure);
  assert.deepEqual([...new Set(refused)], [], 'nothing outside this machine is asked');
});

/** What rules find does not depend on the folder that a project was checked out into. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createConfiguration } from '#engine/config/configuration.ts';
import { createWorkspace } from '#engine/workspace/create.ts';
import { createMemoryHost } from '#host/memory.ts';
import { rules } from '#rules/index.generated.ts';
import { type Fixture, fixturesOf } from './kit/fixtures.ts';
import { runAll } from './kit/openWorkspace.ts';
import { root as home } from './kit/virtualFiles.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Each folder means something to some rule when it lies inside a project. */
const elsewhere = '/app/api/test/examples/demo/scripts/tools/e2e/docs/client/mocks/here';

async function findingsIn(root: string, fixture: Fixture, tested: (typeof rules)[number]): Promise<readonly string[]> {
  const files = Object.fromEntries([...fixture.files].map(([path, text]) => [path.replace(home, root), text]));
  const host = createMemoryHost(files);
  const settings = {
    rules: { [tested.id]: fixture.options === undefined ? 'on' : { enabled: true, options: fixture.options } },
  };
  const configuration = createConfiguration({ root, host, rules: [tested], settings });
  const workspace = createWorkspace({ root, rules: [tested], host, configuration, today: () => '2026-06-01' });
  workspace.refresh(Object.keys(files));
  const found = await runAll(workspace, ['syntax', 'project']);
  workspace.dispose();
  return [...found].flatMap(([path, list]) =>
    list.map(({ messageId, start, end }) => `${path.slice(root.length)} ${messageId} ${start}-${end}`),
  );
}

for (const tested of rules.filter(({ types, checklist }) => types === undefined && checklist === undefined)) {
  test(`${tested.id} finds the same in any folder`, async () => {
    for (const fixture of fixturesOf(join(repository, 'rules', tested.id))) {
      const expected = await findingsIn(home, fixture, tested);
      assert.deepEqual(await findingsIn(elsewhere, fixture, tested), expected, fixture.name);
    }
  });
}

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { judge, workspaceOf } from './judgeWorkspace.ts';

/**
 * Small workspaces whose verdicts were written down by hand, in `expected.json`: by document and title. The text of all of
 * them is held against the same rules as any, so an item that words fit by chance shows up here first.
 */
const folder = fileURLToPath(new URL('workspaces', import.meta.url));
const EXPECTED = 'expected.json';

function filesOf(root: string): Readonly<Record<string, string>> {
  const paths = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    paths.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(root.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')];
    }),
  );
}

describe('verdicts', () => {
  for (const name of readdirSync(folder)) {
    it(`of ${name} are those that were written down`, async () => {
      const { [EXPECTED]: expected = '{}', ...files } = filesOf(join(folder, name));
      const workspace = await judge(workspaceOf(files));
      const { documents, complete, recordProblems } = workspace.checklist();
      assert.deepEqual([complete, recordProblems], [true, []]);
      const actual = Object.fromEntries(
        documents.map((document) => [
          document.name,
          Object.fromEntries(document.items.map(({ item, verdict }) => [item.title, verdict])),
        ]),
      );
      const why = documents.flatMap(({ items }) => items.map(({ item, why: reason }) => `${item.title}: ${reason}`));
      assert.deepEqual(actual, JSON.parse(expected), why.join('\n'));
    });
  }
});

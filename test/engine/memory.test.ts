import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { probeRules } from './probeRules.ts';
import { atOnce, root, workspaceOver } from './workspaceKit.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function heapUsed(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

test('editing every statement of a file does not keep a text for each of them', async () => {
  const path = `${root}/src/many.ts`;
  const statements = 400;
  const filler = `// ${'-'.repeat(1_000)}`;
  const lines = Array.from(
    { length: statements },
    (_, n) =>
      `${filler}\nexport const aNameThatIsLongEnough${n} = 'a text that is long enough, and a template', b${n} = \`so is \${1} this one\`;`,
  );
  const workspace = workspaceOver(new Map(), probeRules);
  workspace.open(path, 'typescript', 1, lines.join('\n'));
  await workspace.analyze(path, 'syntax', atOnce);
  const before = heapUsed();
  for (let n = 0; n < statements; n++) {
    const start = { line: n * 2 + 1, character: 'export const aName'.length };
    workspace.change(path, n + 2, [{ range: { start, end: start }, text: 'x' }]);
    await workspace.analyze(path, 'syntax', atOnce);
  }
  const grown = heapUsed() - before;
  // Each of the 400 versions is 440 kB long.
  assert.ok(grown < 20_000_000, `${Math.round(grown / 1e6)} MB more than before`);
  assert.equal(workspace.version(path), statements + 1);
});

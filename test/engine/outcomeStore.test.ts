import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createWorkspace } from '#engine/workspace/create.ts';
import { documentKind } from '#engine/workspace/documentKind.ts';
import type { OutcomeStore, StoredOutcome } from '#engine/workspace/outcomeStore.ts';
import type { Workspace } from '#engine/workspace/workspace.ts';
import { rules } from '#rules/index.generated.ts';
import { evalCalls } from './probeRules.ts';
import { atOnce, mapHost, openConfiguration, root } from './workspaceKit.ts';

/** Keeps everything as JSON text, as a file would. */
class Memory implements OutcomeStore {
  readonly kept = new Map<string, string>();
  loaded: string[] = [];

  load(path: string, text: string, surroundings: string): StoredOutcome | undefined {
    const json = this.kept.get(JSON.stringify([path, text, surroundings]));
    if (json === undefined) return undefined;
    this.loaded.push(path);
    return JSON.parse(json);
  }

  keep(path: string, text: string, surroundings: string, outcome: StoredOutcome): void {
    this.kept.set(JSON.stringify([path, text, surroundings]), JSON.stringify(outcome));
  }
}

/** The files of the example service. */
function example(): Map<string, string> {
  const folder = fileURLToPath(new URL('../../examples/service', import.meta.url));
  const files = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/');
    if (!entry.isFile() || path.includes('/node_modules/')) continue;
    files.set(path.replace(folder, root), readFileSync(path, 'utf8'));
  }
  return files;
}

async function everything(workspace: Workspace, files: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const paths = [...files.keys()].filter((path) => documentKind(path) !== undefined).sort();
  workspace.refresh(paths);
  for (const path of paths) await workspace.analyze(path, 'syntax', atOnce);
  await workspace.analyze(paths[0] ?? root, 'checklist', atOnce);
  return paths.flatMap((path) =>
    workspace.findings(path).map(({ rule, start, end, message }) => `${path} ${start}-${end} ${rule} ${message}`),
  );
}

function open(files: ReadonlyMap<string, string>, store?: OutcomeStore, own = rules): Workspace {
  const host = mapHost(files);
  const configuration = openConfiguration(own);
  return createWorkspace({ root, rules: own, host, configuration, ...(store !== undefined && { store }) });
}

describe('outcomes that are kept beyond a process', () => {
  it('say what a fresh analysis says, before and after changes on disk', async () => {
    const files = example();
    const store = new Memory();
    const fresh = await everything(open(files), files);
    assert.ok(fresh.length > 25);
    assert.deepEqual(await everything(open(files, store), files), fresh, 'cold');
    assert.deepEqual(store.loaded, []);
    assert.deepEqual(await everything(open(files, store), files), fresh, 'warm');
    assert.deepEqual(store.loaded.sort(), [...files.keys()].filter((path) => documentKind(path) !== undefined).sort());

    const [changed] = [...files.keys()].filter((path) => path.endsWith('.ts'));
    assert.ok(changed !== undefined);
    files.set(changed, `\n\n${files.get(changed)}\nconst added = eval(process.argv[2]);\n`);
    store.loaded = [];
    assert.deepEqual(await everything(open(files, store), files), await everything(open(files), files), 'changed');
    assert.ok(!store.loaded.includes(changed) && store.loaded.length > 10);
  });

  it('do not outlive the packages they were made with', async () => {
    const files = example();
    const store = new Memory();
    await everything(open(files, store), files);
    const manifest = JSON.parse(files.get(`${root}/package.json`) ?? '{}');
    files.set(`${root}/package.json`, JSON.stringify({ ...manifest, dependencies: { left: '1.0.0' } }));
    store.loaded = [];
    assert.deepEqual(await everything(open(files, store), files), await everything(open(files), files));
  });

  it('are never of a text that is open, or of one on which a rule failed', async () => {
    const path = `${root}/src/a.ts`;
    const files = new Map([[path, 'eval(1);\n']]);
    const store = new Memory();
    const workspace = open(files, store, [evalCalls]);
    workspace.open(path, 'typescript', 1, 'eval(1, 2);\n');
    await workspace.analyze(path, 'syntax', atOnce);
    assert.equal(store.kept.size, 0);
    workspace.close(path);
    await workspace.analyze(path, 'syntax', atOnce);
    assert.equal(store.kept.size, 1);

    const failing = { ...evalCalls, node: { on: { CallExpression: () => assert.fail('on purpose') } } };
    const other = new Memory();
    const broken = open(files, other, [failing]);
    broken.refresh([path]);
    await broken.analyze(path, 'syntax', atOnce);
    assert.equal(broken.failures().length, 1);
    assert.equal(other.kept.size, 0);
  });
});

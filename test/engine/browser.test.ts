import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createContext, Script } from 'node:vm';
import { build } from 'esbuild';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** What a browser worker offers; deliberately no `process`, `require`, `Buffer` or `module`. */
const workerGlobals = [
  'performance',
  'TextEncoder',
  'TextDecoder',
  'URL',
  'setTimeout',
  'clearTimeout',
  'queueMicrotask',
];

const main = `
  import { createWorkspace } from './engine/workspace/create.ts';
  import { createConfiguration } from './engine/config/configuration.ts';
  import { rules } from './rules/index.generated.ts';
  const text = 'export const url = process.env.DATABASE_URL;';
  const host = { readText: () => undefined, isFile: () => false, isFolder: () => false, list: () => [] };
  const root = '/w';
  const workspace = createWorkspace({ root, rules, host, configuration: createConfiguration({ root, host, rules }) });
  const atOnce = { budget: Infinity, pause: async () => {}, superseded: false };
  globalThis.answer = (async () => {
    workspace.open('/w/src/a.ts', 'typescript', 1, text);
    for (const lane of ['syntax', 'types', 'project']) await workspace.analyze('/w/src/a.ts', lane, atOnce);
    return JSON.stringify(workspace.findings('/w/src/a.ts').map(({ rule, start, end }) => ({ rule, start, end })));
  })();
`;

test('the engine and all rules run where there is no Node', async () => {
  const { outputFiles } = await build({
    stdin: { contents: main, resolveDir: repository, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'browser',
    conditions: ['worker', 'browser'],
    format: 'iife',
    target: 'es2022',
    logLevel: 'error',
  });
  const context = createContext(Object.fromEntries(workerGlobals.map((name) => [name, Reflect.get(globalThis, name)])));
  new Script('globalThis.self = globalThis;').runInContext(context);
  new Script(outputFiles[0]?.text ?? '').runInContext(context);
  const answer: unknown = await Reflect.get(context, 'answer');
  assert.deepEqual(JSON.parse(String(answer)), [{ rule: 'config/env-unvalidated', start: 19, end: 43 }]);
});

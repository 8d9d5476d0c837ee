import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { SAMPLES } from './samples.ts';

test('all formats run where there is nothing but the language: no Node, no DOM', async () => {
  const bundle = await build({
    stdin: {
      contents: "export { parseFormat } from './engine/formats/index.ts';",
      resolveDir: process.cwd(),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'formats',
    platform: 'browser',
    conditions: ['worker'],
    logLevel: 'silent',
  });
  const context = createContext({ samples: SAMPLES });
  runInContext(bundle.outputFiles[0]?.text ?? '', context);
  const problems: unknown = runInContext(
    'Object.entries(samples).flatMap(([language, texts]) => texts.map((text) => formats.parseFormat(language, text).problems.filter((p) => /cannot be read/.test(p.message)).length)).join()',
    context,
  );
  assert.equal(
    problems,
    Object.values(SAMPLES)
      .flat()
      .map(() => 0)
      .join(),
  );
});

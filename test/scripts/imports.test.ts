import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkImports } from '../../scripts/checks/checkImports.ts';

const aliases = {
  '#engine/*': './engine/*',
  '#api': './engine/api/index.ts',
  '#rules/*': './rules/*',
  '#host/*': './host/*',
  '#server/*': './server/*',
};

function problemsOf(files: Readonly<Record<string, string>>): readonly string[] {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  return checkImports(sources, aliases).map(({ path, line, message }) => `${path}:${line} ${message}`);
}

describe('import check', () => {
  it('accepts what the table allows', () => {
    const files = {
      'engine/a.ts': "import { parse } from 'yaml';\nimport { ts } from './ts.ts';",
      'engine/ts.ts': "export { ts } from '@ts-morph/common';",
      'engine/refactor/move.ts': "import { Project } from 'ts-morph';",
      'rules/security/x/rule.ts': "import { rule } from '#api';\nimport { z } from 'zod';\nimport './detect.ts';",
      'rules/index.generated.ts': "import { register } from '#api';\nimport x from './security/x/rule.ts';",
      'server/main.ts': "import { rules } from '#rules/index.generated.ts';\nimport '#engine/a.ts';",
      'protocol/messages.ts': "import type { Finding } from '#engine/api/finding.ts';",
      'test/a.test.ts': "import '#engine/a.ts';\nimport { readFileSync } from 'node:fs';",
    };
    assert.deepEqual(problemsOf(files), []);
  });

  const refused: readonly (readonly [name: string, path: string, text: string, line: number, words: RegExp])[] = [
    ['Node in the engine', 'engine/a.ts', "\nimport { join } from 'node:path';", 2, /node:path.*no disk/],
    ['Node without prefix', 'engine/a.ts', "import { join } from 'path';", 1, /imports path:.*no disk/],
    ['an editor in the engine', 'engine/a.ts', "import type { Range } from 'vscode';", 1, /no editor/],
    ['a rule in the engine', 'engine/a.ts', "import x from '#rules/security/x/rule.ts';", 1, /no rule/],
    ['a lazy import', 'engine/a.ts', "const m = await import('node:fs');", 1, /touches disk/],
    ['require', 'engine/a.ts', "const m = require('node:os');", 1, /no disk/],
    ['an import type', 'rules/security/x/rule.ts', "type T = import('#engine/ts.ts').ts.Node;", 1, /#api/],
    ['a re-export', 'rules/security/x/rule.ts', "export * from '#engine/ts.ts';", 1, /#api/],
    ['another rule', 'rules/security/x/rule.ts', "import y from '../y/rule.ts';", 1, /#api/],
    [
      'disk in the server',
      'server/a.ts',
      "import { readFile } from 'node:fs/promises';",
      1,
      /only folder that touches disk/,
    ],
    ['the typescript package', 'scripts/a.ts', "import ts from 'typescript';", 1, /engine\/ts\.ts/],
    ['a deep path of typescript', 'test/a.ts', "import ts from 'typescript/lib/typescript.js';", 1, /engine\/ts\.ts/],
    ['a second door to ts', 'engine/b.ts', "import { ts } from '@ts-morph/common';", 1, /two copies/],
    ['ts-morph outside refactor', 'cli/a.ts', "import { Project } from 'ts-morph';", 1, /refactors alone/],
    ['the engine in the client', 'client/a.ts', "import '#engine/a.ts';", 1, /analyses nothing/],
    ['values in the protocol', 'protocol/a.ts', "import { rule } from '#engine/api/rule.ts';", 1, /plain shapes/],
    ['a relative way out', 'server/a.ts', "import '../engine/a.ts';", 1, /by its alias/],
    ['a missing extension', 'engine/a.ts', "import './b';", 1, /extension/],
    ['an unknown alias', 'engine/a.ts', "import '#nowhere/a.ts';", 1, /no alias/],
  ];
  for (const [name, path, text, line, words] of refused) {
    it(`refuses ${name}`, () => {
      const [problem, ...more] = problemsOf({ [path]: text });
      assert.deepEqual(more, []);
      assert.match(problem ?? '', words);
      assert.ok(problem?.startsWith(`${path}:${line} `), problem);
    });
  }

  it('is not fooled by comments and strings', () => {
    assert.deepEqual(problemsOf({ 'engine/a.ts': "// import 'node:fs'\nconst s = `import 'node:fs'`;" }), []);
  });

  it('asks two users, or a test, of a shared helper', () => {
    const helper = { 'rules/_shared/http.ts': "import '#api';" };
    const use = "import { isRoute } from '../../_shared/http.ts';";
    assert.match(problemsOf(helper).join(), /http\.ts:0 has no user/);
    const one = { ...helper, 'rules/security/x/rule.ts': use, 'rules/security/x/detect.ts': use };
    assert.match(problemsOf(one).join(), /http\.ts:0 has one user/);
    assert.deepEqual(problemsOf({ ...one, 'rules/data/y/rule.ts': use }), []);
    const test = { 'test/rules/shared/http.test.ts': "import { isRoute } from '#rules/_shared/http.ts';" };
    assert.deepEqual(problemsOf({ ...helper, ...test }), []);
    const part = { 'rules/_shared/http.ts': "import './routes.ts';", 'rules/_shared/routes.ts': '' };
    assert.deepEqual(problemsOf({ ...part, ...test }), []);
    assert.match(problemsOf(part).join(), /http\.ts:0 has no user.*routes\.ts:0 has one user/);
  });
});

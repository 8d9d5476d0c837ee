import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aboveStatement } from '#rules/_shared/aboveStatement.ts';
import { envRead, hasEnvironment } from '#rules/_shared/env/envRead.ts';
import { importInsertion } from '#rules/_shared/importLine.ts';
import { quoteMark } from '#rules/_shared/layout.ts';
import { sourceView } from './sourceView.ts';

describe('the quote of a file', () => {
  const quotes: readonly (readonly [string, string])[] = [
    [`import a from "a";\n// It isn't, doesn't, won't.\nexport const b = 'b';\n`, '"'],
    ['const page = `<a href="/" class="big">Orders</a>`;\nexport const b = \'b\';\n', "'"],
    [`const view = <a href="/" rel="next" />;\nexport const b = 'b';\n`, "'"],
    [`/* "a", "b" */\nconst url = 'https://a.example'; // "c"\n`, "'"],
    ['const a = require("a");\nconst b = "b";\n', '"'],
    ['export const one = 1;\n', "'"],
  ];
  for (const [text, quote] of quotes) it(JSON.stringify(text), () => assert.equal(quoteMark(text), quote));
});

describe('where an import goes', () => {
  /** The text with `import { env } …`, or the same as a require. */
  function withImport(text: string, isModule = true): string {
    const { file } = sourceView(text, '/w/a.ts');
    const { at, text: line } = importInsertion({ file, text }, './env', '{ env }', isModule, ';');
    return text.slice(0, at) + line + text.slice(at);
  }

  it('goes behind the comment of the last import, and before the one of what follows', () => {
    const text = "import a from 'a';\n// Of b.\nimport b from 'b'; // first\n// Of c.\nexport const c = 1;\n";
    const expected =
      "import a from 'a';\n// Of b.\nimport b from 'b'; // first\nimport { env } from './env';\n// Of c.\nexport const c = 1;\n";
    assert.equal(withImport(text), expected);
  });

  it('goes above the documentation of the first statement, and below what speaks of the file', () => {
    const head = '#!/usr/bin/env node\n/* Sends letters. */\n\n';
    assert.equal(
      withImport(`${head}/** Of a. */\nexport const a = 1;\n`),
      `${head}import { env } from './env';\n\n/** Of a. */\nexport const a = 1;\n`,
    );
    assert.equal(
      withImport('// @ts-check\nexport const a = 1;\n'),
      "// @ts-check\nimport { env } from './env';\n\nexport const a = 1;\n",
    );
  });

  it('goes behind the first block of require, which may run nothing', () => {
    assert.equal(
      withImport("'use strict';\nconst a = require('a');\nconst { b } = require('b').c;\na.start();\n", false),
      "'use strict';\nconst a = require('a');\nconst { b } = require('b').c;\nconst { env } = require('./env');\na.start();\n",
    );
    assert.equal(
      withImport("const a = require('a');\nconst app = require('b')();\nconst c = require('c');\n", false),
      "const a = require('a');\nconst { env } = require('./env');\nconst app = require('b')();\nconst c = require('c');\n",
    );
  });
});

it('takes comments along that stand right above a statement', () => {
  const text = 'const a = 1; // of a\n\n// of all\n\n// of b\n/* too */\nconst b = 2;\n';
  const { file } = sourceView(text, '/w/a.ts');
  const [a, b] = file.statements;
  assert.ok(a && b);
  assert.equal(aboveStatement(text, a), 0);
  assert.equal(text.slice(aboveStatement(text, b)), '// of b\n/* too */\nconst b = 2;\n');
});

describe('how a variable is read', () => {
  interface Place {
    readonly path?: string;
    readonly text?: string;
    readonly packages?: readonly string[];
    readonly files?: Readonly<Record<string, string>>;
  }

  function place({ path = '/w/src/a.ts', text = "import 'a';\n", packages = [], files = {} }: Place) {
    const { file, header } = sourceView(text, path, packages);
    const source = (name: string) => {
      const found = files[name];
      return found === undefined ? undefined : { path: name, text: found, file, header, document: undefined as never };
    };
    return { path, text, header, exists: (name: string) => name in files, source: source as never };
  }

  it('is written as the file and its compiler want it', () => {
    const strict = '{ "compilerOptions": { "noPropertyAccessFromIndexSignature": true } }';
    assert.equal(envRead(place({}), 'X'), 'process.env.X');
    assert.equal(envRead(place({ text: "process.env['A'];\n" }), 'X'), "process.env['X']");
    assert.equal(envRead(place({ files: { '/w/tsconfig.json': strict } }), 'X'), "process.env['X']");
    assert.equal(envRead(place({ path: '/w/a.js', files: { '/w/tsconfig.json': strict } }), 'X'), 'process.env.X');
    const files = { '/w/tsconfig.json': '{ "extends": "./base" }', '/w/base.json': strict };
    assert.equal(envRead(place({ files }), 'X'), "process.env['X']");
    assert.equal(
      envRead(place({ files: { '/w/tsconfig.json': '{ "extends": "./tsconfig.json" }' } }), 'X'),
      'process.env.X',
    );
  });

  it('is not read where there is no process', () => {
    const files = { '/w/package.json': '{}', '/w/wrangler.toml': '' };
    assert.equal(envRead(place({ files }), 'X'), undefined);
    assert.equal(hasEnvironment(place({ files })), false);
    assert.equal(envRead(place({ packages: ['wrangler'] }), 'X'), undefined);
    assert.equal(envRead(place({ packages: ['react'] }), 'X'), undefined);
    assert.equal(envRead(place({ packages: ['react', 'express'], text: "import 'express';\n" }), 'X'), 'process.env.X');
  });

  it('is written out in pages of Next.js, which know no other', () => {
    const page = place({ path: '/w/app/page.tsx', packages: ['next', 'react'] });
    assert.equal(envRead(page, 'X'), 'process.env.X');
    assert.equal(hasEnvironment(page), false);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSource } from '#engine/document/sourceKind.ts';
import { scopedResolve } from '#engine/flow/lookup.ts';
import { buildHeader } from '#engine/incremental/header.ts';
import { InnerNames } from '#engine/incremental/innerNames.ts';
import { ts } from '#engine/ts.ts';

const packages = { hash: '', version: () => undefined, isForDevelopment: () => false };

/** What the callees of all calls named `…` in a text resolve to, in node scope and exactly. */
function resolved(text: string): { readonly header: readonly string[]; readonly exact: readonly string[] } {
  const file = parseSource('/w/a.ts', text, ts.ScriptKind.TS);
  const header = buildHeader(file, { packages, localPath: '/src/module.ts', names: new InnerNames() });
  const exact = scopedResolve(file, header);
  const callees: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.arguments[0]?.getText() === '0') callees.push(node.expression);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return {
    header: callees.map((callee) => header.resolve(callee) ?? '-'),
    exact: callees.map((callee) => exact(callee) ?? '-'),
  };
}

const cases: readonly (readonly [name: string, text: string, reference: string])[] = [
  ['named import', 'import { createServer } from "node:http"; createServer(0);', 'http#createServer'],
  ['renamed import', 'import { createServer as make } from "http"; make(0);', 'http#createServer'],
  ['default import', 'import express from "express"; express(0);', 'express'],
  ['member of a default import', 'import express from "express"; express.Router(0);', 'express#Router'],
  ['namespace import', 'import * as http from "http"; http.createServer(0);', 'http#createServer'],
  ['element access', 'import * as http from "http"; http["createServer"](0);', 'http#createServer'],
  ['import equals', 'import http = require("http"); http.createServer(0);', 'http#createServer'],
  ['require', 'const http = require("http"); http.createServer(0);', 'http#createServer'],
  ['destructured require', 'const { createServer: make } = require("http"); make(0);', 'http#createServer'],
  ['member of require', 'const make = require("http").createServer; make(0);', 'http#createServer'],
  ['inline require', 'require("http").createServer(0);', 'http#createServer'],
  ['alias of an import', 'import http from "http"; const { createServer: make } = http; make(0);', 'http#createServer'],
  [
    'interop helper',
    'const http_1 = __importDefault(require("http")); http_1.default.createServer(0);',
    'http#createServer',
  ],
  ['wrapped', 'import http from "http"; (http as any)!.createServer(0);', 'http#createServer'],
  ['global', 'setTimeout(0);', 'global#setTimeout'],
  ['global object', 'globalThis.setTimeout(0);', 'global#setTimeout'],
  ['global by module', 'import { exit } from "node:process"; exit(0);', 'global#process.exit'],
  ['reassignable alias', 'import http from "http"; let make = http.createServer; make(0);', '-'],
  ['own function', 'function setTimeout() {} setTimeout(0);', '-'],
  ['unknown name', 'something(0);', '-'],
];

for (const [name, text, reference] of cases) {
  test(`resolves: ${name}`, () => {
    assert.deepEqual(resolved(text), { header: [reference], exact: [reference] });
  });
}

test('a name that some inner scope declares is left to exact resolution', () => {
  const text = 'import fs from "fs"; fs.a(0); function f(fs: any) { fs.b(0); } function g() { fs.c(0); }';
  assert.deepEqual(resolved(text), { header: ['-', '-', '-'], exact: ['fs#a', '-', 'fs#c'] });
});

test('exact resolution follows constants inside functions', () => {
  const text = 'function f() { const http = require("http"); const { createServer } = http; createServer(0); }';
  assert.deepEqual(resolved(text).exact, ['http#createServer']);
});

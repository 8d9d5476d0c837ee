import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type NameTest, ts } from '#api';
import { HandlerTable } from '#engine/incremental/handlerTable.ts';
import { testOf } from '#engine/incremental/nameTests.ts';
import { nodeName } from '#engine/incremental/nodeName.ts';
import type { Handler } from '#engine/incremental/ruleSet.ts';

/** Nodes of a text in the order of the source. */
function nodesOf(text: string, kind: ts.SyntaxKind): readonly ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === kind) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true));
  return found;
}

const names = (text: string, kind: ts.SyntaxKind) => nodesOf(text, kind).map(nodeName);

test('calls are named by what is called', () => {
  const text =
    "go(); a.b.go(); a?.['go'](); (a as B).go!(); new a.Go(); a[go](); (() => 1)(); import('x'); this.#go();";
  assert.deepEqual(names(text, ts.SyntaxKind.CallExpression), [
    'go',
    'go',
    'go',
    'go',
    undefined,
    undefined,
    undefined,
    '#go',
  ]);
  assert.deepEqual(names(text, ts.SyntaxKind.NewExpression), ['Go']);
});

test('members of object literals are named by their key, where it stands in the source', () => {
  const text = "x({ a: 1, 'b-c': 2, [d]: 3, 4: 5, e })";
  assert.deepEqual(names(text, ts.SyntaxKind.PropertyAssignment), ['a', 'b-c', undefined, undefined]);
  assert.deepEqual(names(text, ts.SyntaxKind.ShorthandPropertyAssignment), ['e']);
});

test('operations are named by their operator, assignments by their target too', () => {
  const text = "a.b = 1; c += 1; a['d'] ??= 1; a[e] = 1; f || g; h === i;";
  assert.deepEqual(names(text, ts.SyntaxKind.BinaryExpression), ['b =', 'c +=', 'd ??=', undefined, '||', '===']);
});

test('declarations are named by what they declare, patterns by nothing', () => {
  const text = "const a = 1, { b } = c; class D { e = 1; 'f-g' = 2; #h = 3; [i] = 4; } function j(k, { l }) {}";
  assert.deepEqual(names(text, ts.SyntaxKind.VariableDeclaration), ['a', undefined]);
  assert.deepEqual(names(text, ts.SyntaxKind.PropertyDeclaration), ['e', 'f-g', undefined, undefined]);
  assert.deepEqual(names(text, ts.SyntaxKind.Parameter), ['k', undefined]);
});

/** A table of call listeners that tells which of them are asked, by the place in the list. */
function asked(
  tests: readonly (NameTest | undefined)[],
  imported = false,
): (text: string) => readonly (readonly number[])[] {
  const handlers = tests.map((test, rule): Handler => {
    return { run: () => undefined, rule, slot: -1, isFor: test && testOf(test), isForImports: imported };
  });
  const table = new HandlerTable(new Map([[ts.SyntaxKind.CallExpression, handlers]]));
  const imports = new Set(['alias']);
  return (text) =>
    nodesOf(text, ts.SyntaxKind.CallExpression).map((node) =>
      (table.handlers(node, imports) ?? []).map(({ rule }) => rule),
    );
}

test('listeners are asked about their names, in the order of the rules', () => {
  const ask = asked([new Set(['go']), undefined, /^g/, (name) => name === 'stop', new Map([['go', 1]])]);
  assert.deepEqual(ask('go(); grow(); stop(); other(); go();'), [[0, 1, 2, 4], [1, 2], [1, 3], [1], [0, 1, 2, 4]]);
});

test('all are asked about a node whose name cannot be told', () => {
  assert.deepEqual(asked([/^go$/, undefined])('a[b]()'), [[0, 1]]);
});

test('imports may be called anything, for those who ask for them', () => {
  assert.deepEqual(asked([/^go$/, undefined], true)('alias(); other(); go();'), [[0, 1], [1], [0, 1]]);
  assert.deepEqual(asked([/^go$/, undefined])('alias(); go();'), [[1], [0, 1]]);
});

test('some are for imports alone', () => {
  assert.deepEqual(asked([() => false, undefined], true)('alias(); other();'), [[0, 1], [1]]);
  const only = { run: () => undefined, rule: 0, slot: -1, isFor: testOf(undefined), isForImports: true };
  const other = { ...only, rule: 1, isFor: undefined };
  const table = new HandlerTable(new Map([[ts.SyntaxKind.Identifier, [only, other]]]));
  const rulesFor = nodesOf('alias + other', ts.SyntaxKind.Identifier).map((node) =>
    table.handlers(node, new Set(['alias']))?.map(({ rule }) => rule),
  );
  assert.deepEqual(rulesFor, [[0, 1], [1]]);
});

test('names without end are forgotten and told anew', () => {
  const ask = asked([/^go$/]);
  const text = Array.from({ length: 21_000 }, (_, at) => `f${at}();`).join('');
  ask(text);
  assert.deepEqual(ask('go(); f1();'), [[0], []]);
});

test('nobody is asked about kinds that nobody listens to', () => {
  const table = new HandlerTable(new Map());
  const [call] = nodesOf('go()', ts.SyntaxKind.CallExpression);
  assert.equal(call && table.handlers(call, new Set()), undefined);
});

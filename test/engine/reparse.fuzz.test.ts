import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ts } from '#api';
import { reparse } from '#engine/document/reparse.ts';
import { parseSource } from '#engine/document/sourceKind.ts';
import { generateFile } from '../../bench/generate.ts';
import { random } from '../rules/kit/random.ts';
import { applyEdit, inverse, randomEdit } from '../rules/kit/randomEdits.ts';

const example = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../examples/service/${path}`, import.meta.url)), 'utf8');

const documented = `/**
 * Adds.
 * @param {number} left the first
 * @returns {number} the sum
 */
export function add(left, right) {
  /** @type {number} */
  const sum = left + right;
  return sum;
}

class Counter {
  /** Counts. */
  count() { return this.#n++; }
  /** @private */
  #n = 0;
}
`.repeat(8);

const table = `const table = {
  /** Documented. */
  first: async (a, b) => { await run(a); if (b) { return { x: 1, y: () => 2, z, ...rest }; } return b; },
  get second() { return this.first; },
  set second(value) { this.kept = value; },
  ['third' + n]: function* named() { yield { a: 1, b: 2, c: 3, d() { return 4; }, e: 5 }; },
  fourth,
  ...fifth,
  'six-th': class { method() { return 1; } field = 2; },
  seventh: { a: { b: { c() { done(); }, d: [() => 1, () => 2], e: 3, f: 4 }, g: 5, h: 6, i: 7 } },
  async *eighth() { for await (const one of all) yield one; },
};
`.repeat(6);

const sources: readonly (readonly [path: string, text: string, kind: ts.ScriptKind])[] = [
  ['bookings.ts', example('src/routes/bookings.ts'), ts.ScriptKind.TS],
  ['InvoicePreview.tsx', example('admin/InvoicePreview.tsx'), ts.ScriptKind.TSX],
  ['embed.js', example('public/embed.js'), ts.ScriptKind.JS],
  ['documented.js', documented, ts.ScriptKind.JS],
  ['functions.ts', generateFile('functions', 200).text, ts.ScriptKind.TS],
  ['describe.ts', generateFile('describe', 200).text, ts.ScriptKind.TS],
  ['object.ts', generateFile('object', 200).text, ts.ScriptKind.TS],
  ['table.ts', table, ts.ScriptKind.TS],
  ['class.ts', generateFile('class', 200).text, ts.ScriptKind.TS],
];

/** Every node knows the node it is in. */
function assertParents(file: ts.SourceFile): void {
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, (child) => {
      assert.equal(child.parent, node, `parent of ${ts.SyntaxKind[child.kind]} at ${child.pos}`);
      visit(child);
    });
  };
  visit(file);
}

/** Every node and list with its place, and everything the parser complained about. */
function shapeOf(file: ts.SourceFile): string {
  const lines: string[] = [];
  const visitList = (list: ts.NodeArray<ts.Node>): void => {
    lines.push(`[${list.pos}-${list.end}`);
    for (let index = 0; index < list.length; index++) visit(list[index] as ts.Node);
  };
  const visit = (node: ts.Node): void => {
    lines.push(`${ts.SyntaxKind[node.kind]} ${node.pos}-${node.end}`);
    for (const doc of (node as { readonly jsDoc?: readonly ts.Node[] }).jsDoc ?? []) visit(doc);
    ts.forEachChild(node, visit, visitList);
  };
  visit(file);
  const { parseDiagnostics } = file as unknown as { readonly parseDiagnostics: readonly ts.Diagnostic[] };
  for (const { start, length, code } of parseDiagnostics) lines.push(`${code} at ${start}+${length}`);
  return lines.join('\n');
}

for (const [path, original, kind] of sources) {
  test(`${path}: after any edit the tree is the one the compiler's own update gives`, () => {
    const next = random(20261121);
    let text = original;
    let file = parseSource(path, text, kind);
    let reference = parseSource(path, text, kind);
    for (let step = 0; step < 150; step++) {
      const edit = randomEdit(text, next);
      const changes = step % 2 === 0 ? [edit] : [edit, inverse(text, edit)];
      for (const { start, deleted, inserted } of changes) {
        text = applyEdit(text, { start, deleted, inserted });
        const range = { span: { start, length: deleted }, newLength: inserted.length };
        file = reparse(file, text, range);
        reference = ts.updateSourceFile(reference, text, range);
      }
      assert.equal(shapeOf(file), shapeOf(reference), `step ${step}: ${JSON.stringify(edit)}`);
      assertParents(file);
    }
  });
}

/** Members of the object literal that a file begins with. */
function membersOf(file: ts.SourceFile): readonly ts.Node[] {
  const [statement] = file.statements;
  assert.ok(statement !== undefined && ts.isVariableStatement(statement));
  const value = statement.declarationList.declarations[0]?.initializer;
  assert.ok(value !== undefined && ts.isObjectLiteralExpression(value));
  return value.properties;
}

test('members of an object literal outlive edits of others', () => {
  const members = Array.from({ length: 9 }, (_, n) => `  run${n}() { return step(${n}); },`).join('\n');
  const text = `const table = {\n${members}\n};\n`;
  const edits: readonly (readonly [deleted: string, inserted: string, kept: readonly (readonly [number, number])[]])[] =
    [
      [
        'step(4)',
        'step(44)',
        [
          [0, 0],
          [1, 1],
          [5, 5],
          [6, 6],
          [7, 7],
          [8, 8],
        ],
      ],
      [
        '  run6() { return step(6); },\n',
        '',
        [
          [0, 0],
          [3, 3],
          [8, 7],
        ],
      ],
      [
        '  run2() {',
        '  more,\n  run2() {',
        [
          [4, 5],
          [8, 9],
        ],
      ],
      ['step(4)', 'step(4', []],
    ];
  for (const [deleted, inserted, kept] of edits) {
    const file = parseSource('table.ts', text, ts.ScriptKind.TS);
    const before = membersOf(file);
    const start = text.indexOf(deleted);
    const range = { span: { start, length: deleted.length }, newLength: inserted.length };
    const after = membersOf(reparse(file, text.replace(deleted, inserted), range));
    for (const [from, to] of kept) assert.equal(after[to], before[from], `member ${from} after ${inserted}`);
  }
});

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

const sources: readonly (readonly [path: string, text: string, kind: ts.ScriptKind])[] = [
  ['bookings.ts', example('src/routes/bookings.ts'), ts.ScriptKind.TS],
  ['InvoicePreview.tsx', example('admin/InvoicePreview.tsx'), ts.ScriptKind.TSX],
  ['embed.js', example('public/embed.js'), ts.ScriptKind.JS],
  ['documented.js', documented, ts.ScriptKind.JS],
  ['functions.ts', generateFile('functions', 200).text, ts.ScriptKind.TS],
  ['describe.ts', generateFile('describe', 200).text, ts.ScriptKind.TS],
  ['object.ts', generateFile('object', 200).text, ts.ScriptKind.TS],
  ['class.ts', generateFile('class', 200).text, ts.ScriptKind.TS],
];

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
    }
  });
}

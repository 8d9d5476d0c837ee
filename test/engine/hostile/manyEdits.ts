/**
 * Edits documents at random for a long time and prints, as JSON, the heap in use on the way and whether the findings at
 * the end are those of a fresh run. A program of its own, so that nothing else is on its heap: `node --expose-gc`.
 */

import { rules as shippedRules } from '#rules/index.generated.ts';
import { seeded } from '../../types/editFuzz.ts';
import { evalCalls } from '../probeRules.ts';
import { hostileWorkspace, root } from './hostileWorkspace.ts';

export interface ManyEdits {
  /** Bytes in use after each tenth of the edits. */
  readonly heap: readonly number[];
  readonly incremental: readonly string[];
  readonly fresh: readonly string[];
}

const EDITS = 10_000;
/** The slower lanes run once in so many edits, as they do while somebody types. */
const SLOW_LANES = 250;
const path = `${root}/src/a.ts`;
const importer = `${root}/src/b.ts`;
const rules = [...shippedRules, evalCalls];

const LINES: readonly ((n: number) => string)[] = [
  (n) => `export function f${n}(a: string): number { return eval(a) + ${n}; }`,
  (n) => `const a${n} = process.env.NAME_${n % 7} ?? "a text that is not short, for number ${n}";`,
  (n) => `class C${n} { m() { return [${n}, 2].sort(); } }`,
  (n) => `if (process.env.NODE_ENV === "x${n}") { eval("${n}"); }`,
  (n) => `import { g${n} } from "./g${n % 5}";`,
  (n) => `/* a comment, ${n} */ eval(\`\${${n}} of them\`);`,
  (n) => `export type T${n} = { a: ${n}; b: string };`,
  () => 'function unfinished( {',
  () => '}',
  () => '// airworthy-disable-next-line security/probe-eval -- known',
];

/** What was weakly held in a turn of the event loop stays until it is over, and what it held until the next collection. */
async function heapInUse(): Promise<number> {
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

async function run(): Promise<ManyEdits> {
  const random = seeded(11);
  const below = (limit: number): number => Math.floor(random() * limit);
  const hostile = hostileWorkspace({ rules, files: { [importer]: 'import { f1 } from "./a";\nf1("x");\n' } });
  const { workspace } = hostile;
  workspace.refresh([importer]);
  const lines = Array.from({ length: 150 }, (_, n) => LINES[n % 7]?.(n) ?? '');
  workspace.open(path, 'typescript', 1, lines.join('\n'));
  const heap: number[] = [];
  for (let edit = 1; edit <= EDITS; edit++) {
    const line = below(lines.length - 1);
    const text = LINES[below(LINES.length)]?.(edit) ?? '';
    const start = { line, character: 0 };
    // Replaces, adds and removes lines, and comes back to about as many as there were.
    const grows = random() < (lines.length < 150 ? 0.4 : 0.2);
    const shrinks = !grows && random() < 0.4;
    const end = grows ? start : { line: line + 1, character: 0 };
    const inserted = shrinks ? [] : [text];
    lines.splice(line, grows ? 0 : 1, ...inserted);
    workspace.change(path, edit + 1, [{ range: { start, end }, text: inserted.map((one) => `${one}\n`).join('') }]);
    await hostile.run(path, 'syntax');
    workspace.findings(path);
    if (edit % SLOW_LANES === 0) await hostile.check(path);
    if (edit % (EDITS / 10) === 0) {
      heap.push(await heapInUse());
    }
  }
  const shown = (findings: readonly { rule: string; start: number; end: number; message: string }[]) =>
    findings.map((one) => `${one.rule} ${one.start}-${one.end} ${one.message}`);
  const fresh = hostileWorkspace({ rules, files: { [importer]: 'import { f1 } from "./a";\nf1("x");\n' } });
  fresh.workspace.refresh([importer]);
  fresh.workspace.open(path, 'typescript', 1, lines.join('\n'));
  return { heap, incremental: shown(await hostile.check(path)), fresh: shown(await fresh.check(path)) };
}

run().then(
  (result) => process.stdout.write(JSON.stringify(result)),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);

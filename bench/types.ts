/**
 * `npm run bench:types [-- --sizes=1000,10000 --write]`: what a key costs the types lane, against having the compiler
 * check the whole file as an editor's own TypeScript support does. Exits with 1 when the budget is missed.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type FileHeader, register, rule } from '#api';
import { parseSource } from '#engine/document/sourceKind.ts';
import { ts } from '#engine/ts.ts';
import { createFileView } from '#engine/types/fileView.ts';
import { createTypeProjects } from '#engine/types/projects.ts';
import { createTypeLane, type OpenTree, type TypeRun } from '#engine/types/typeLane.ts';
import { diskHost } from '#host/disk.ts';
import { createMemoryHost } from '#host/memory.ts';
import { rules as registered } from '#rules/index.generated.ts';
import { type GeneratedFile, generateFile } from './generate.ts';
import { median, quantile } from './quantiles.ts';
import { machine, ms, table, writeSection } from './report.ts';
import { atOnce } from './settings.ts';

/** In the repository, so that the types of Express and Node are found, and in no tsconfig's `include`. */
const ROOT = fileURLToPath(new URL('..', import.meta.url))
  .replaceAll('\\', '/')
  .replace(/\/$/, '');
const FOLDER = `${ROOT}/bench/generated`;
const PATH = `${FOLDER}/orders.ts`;
const CONFIG = JSON.stringify({
  compilerOptions: { strict: true, target: 'es2022', lib: ['es2023'], types: ['node'], skipLibCheck: true },
});
const EDITS = 20;
/** Checking one function costs at most this share of checking a file of at least so many lines. */
const LIMIT = 1 / 20;
const LIMIT_FROM = 10_000;

/** Asks for the type of every call: more than any real rule would. */
const curious = register(
  'types',
  'curious',
  rule({
    meta: { priority: 'P3', since: 'next', summary: 'Types of calls.', topics: [], messages: { never: 'never' } },
    options: z.strictObject({}),
    types: {
      on: {
        CallExpression(node, ctx) {
          if (ctx.types.typeAt(node).flags & ts.TypeFlags.Never) ctx.report(node, 'never');
        },
      },
    },
  }),
);

const header: FileHeader = {
  imports: new Map(),
  topLevel: new Set(),
  modules: new Set(),
  isTest: false,
  localPath: '/src/orders.ts',
  dependency: () => undefined,
  isForDevelopment: () => false,
  resolve: () => undefined,
};
const rules = [...registered.filter((one) => one.types !== undefined), curious];
const run: TypeRun = { rules, optionsOf: () => ({}), header, providers: () => new Set(), env: '', explicit: true };
const host = createMemoryHost({ [`${FOLDER}/tsconfig.json`]: CONFIG }, diskHost);

/** A document that types a digit and takes it back, at places spread over the file. */
function typing(file: GeneratedFile): { readonly tree: () => OpenTree; next(): void } {
  let tree: OpenTree = { file: parseSource(PATH, file.text, ts.ScriptKind.TS), version: 1, text: file.text };
  let edit = 0;
  return {
    tree: () => tree,
    next() {
      const at = file.digits[((edit >> 1) * 37) % file.digits.length] ?? 0;
      const inserted = edit++ % 2 === 0 ? '7' : '';
      const deleted = 1 - inserted.length;
      const text = tree.text.slice(0, at) + inserted + tree.text.slice(at + deleted);
      const change = { span: { start: at, length: deleted }, newLength: inserted.length };
      tree = { file: ts.updateSourceFile(tree.file, text, change), version: tree.version + 1, text };
    },
  };
}

interface Times {
  /** First program and first analysis. */
  readonly cold: number;
  /** Bringing the program up to date after a key. */
  readonly program: readonly number[];
  /** Analysing what the key touched, with the program at hand. */
  readonly touched: readonly number[];
  /** All semantic diagnostics of the file, with the program at hand. */
  readonly everything: readonly number[];
  readonly visited: number;
}

async function measure(file: GeneratedFile): Promise<Times> {
  const document = typing(file);
  const lane = createTypeLane({
    root: ROOT,
    host,
    tree: (path) => (path === PATH ? document.tree() : undefined),
    openVersion: (path) => (path === PATH ? document.tree().version : undefined),
    text: (path) => (path === PATH ? document.tree().text : undefined),
    paths: () => [PATH],
    openPaths: () => [PATH],
    onFailure({ rule: id, error }) {
      throw new Error(`${id} failed: ${error}`);
    },
  });
  const started = performance.now();
  await lane.analyze(PATH, run, atOnce);
  const cold = performance.now() - started;
  const program: number[] = [];
  const touched: number[] = [];
  let visited = 0;
  for (let edit = 0; edit < EDITS; edit++) {
    document.next();
    const before = performance.now();
    lane.query(PATH, document.tree().file);
    const built = performance.now();
    const result = await lane.analyze(PATH, run, atOnce);
    touched.push(performance.now() - built);
    program.push(built - before);
    if (result !== 'superseded') visited = result.stats.visited;
  }
  lane.dispose();
  return { cold, program, touched, everything: everythingAfterKeys(file), visited };
}

/** The compiler's own diagnostics of the whole file, over a program that is kept up to date in the same way. */
function everythingAfterKeys(file: GeneratedFile): readonly number[] {
  const document = typing(file);
  const projects = createTypeProjects({
    view: createFileView(host, ROOT),
    root: ROOT,
    limit: 1,
    tree: (path) => (path === PATH ? document.tree() : undefined),
    paths: () => [PATH],
    openPaths: () => [PATH],
  });
  const everything: number[] = [];
  for (let edit = 0; edit < EDITS / 4; edit++) {
    document.next();
    const project = projects.for(PATH);
    const tree = project.file(PATH, Number.POSITIVE_INFINITY);
    if (tree === undefined || tree === 'later') throw new Error('The program does not contain the file.');
    const started = performance.now();
    project.host.program().getSemanticDiagnostics(tree);
    everything.push(performance.now() - started);
  }
  return everything;
}

const { values: args } = parseArgs({
  options: { sizes: { type: 'string', default: '1000,10000' }, write: { type: 'boolean', default: false } },
});

const rows: string[][] = [];
let held = true;
for (const lines of args.sizes.split(',').map(Number)) {
  const times = await measure(generateFile('functions', lines));
  const share = median(times.touched) / median(times.everything);
  const judged = lines >= LIMIT_FROM;
  held &&= !judged || share <= LIMIT;
  rows.push([
    lines.toLocaleString('en'),
    ms(times.cold),
    ms(median(times.program)),
    `${ms(median(times.touched))} / ${ms(quantile(times.touched, 0.95))}`,
    ms(median(times.everything)),
    `1/${(1 / share).toFixed(0)}`,
    judged ? `1/${Math.round(1 / LIMIT)}` : '–',
    judged ? (share <= LIMIT ? 'yes' : '**no**') : '–',
    times.visited.toLocaleString('en'),
  ]);
  console.error(`${lines} measured`);
}

const report = [
  `${machine()}; rules that ask for types: ${rules.length}. Times in milliseconds.`,
  table(
    ['lines', 'cold', 'program', 'touched p50 / p95', 'all diagnostics', 'touched ÷ all', 'at most', 'held', 'visited'],
    rows,
  ),
].join('\n\n');
console.log(report);
if (args.write) writeSection('types', report);
process.exitCode = held ? 0 : 1;

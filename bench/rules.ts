/**
 * `npm run bench:rules [-- --folder=path --rule=part-of-id --runs=7 --write]`: what each rule costs in a full run over the
 * source files of a folder, against parsing them. Exits with 1 when all rules together cost more than the budget.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { RegisteredRule } from '#api';
import { packageReader } from '#engine/project/packages.ts';
import { documentKind } from '#engine/workspace/documentKind.ts';
import { type SyntaxLane, syntaxLane } from '#engine/workspace/syntaxLane.ts';
import { TrackedDocument } from '#engine/workspace/trackedDocument.ts';
import { discover } from '#host/discover.ts';
import { diskHost } from '#host/disk.ts';
import { toEnginePath } from '#host/paths.ts';
import { rules as registered } from '#rules/index.generated.ts';
import { median } from './quantiles.ts';
import { machine, ms, table, writeSection } from './report.ts';
import { everythingOn } from './settings.ts';

/** All rules together may cost this many times the parse. */
const LIMIT = 2;

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: fileURLToPath(new URL('../examples/service', import.meta.url)) },
    rule: { type: 'string', default: '' },
    runs: { type: 'string', default: '7' },
    write: { type: 'boolean', default: false },
  },
});
const root = toEnginePath(resolve(values.folder));
const runs = Number(values.runs);

interface Source {
  readonly path: string;
  readonly text: string;
}

const accepts = (path: string) => documentKind(path)?.type === 'source';
const { files } = await discover(root, { accepts });
const sources: readonly Source[] = files.map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const packages = packageReader(root, diskHost);
const configuration = everythingOn(registered);

function laneOf(rules: readonly RegisteredRule[]): SyntaxLane {
  return syntaxLane({
    root,
    rules,
    facets: [...new Set(rules.flatMap((rule) => rule.project?.facets ?? []))],
    packagesFor: (path) => packages.viewFor(path),
    onFailure: (rule, path, error) => {
      throw new Error(`${rule} failed on ${path}`, { cause: error });
    },
  });
}

function open({ path, text }: Source): TrackedDocument {
  const kind = documentKind(path);
  if (kind === undefined) throw new Error(`${path} is of no kind`);
  return new TrackedDocument(path, kind, 1, text);
}

/** Milliseconds for all files: parsing them, and the syntax lane with these rules on the parsed files. */
function once(lane: SyntaxLane): { readonly parse: number; readonly lane: number } {
  let parse = 0;
  let analyse = 0;
  for (const source of sources) {
    const document = open(source);
    const started = performance.now();
    document.sourceFile();
    const parsed = performance.now();
    lane.runNow(document, configuration.for(source.path));
    parse += parsed - started;
    analyse += performance.now() - parsed;
  }
  return { parse, lane: analyse };
}

/** The walk without any rule goes before every rule, so that a busy moment falls on both. */
const idle = laneOf([]);
const all = laneOf(registered);
once(all);
once(idle);
const parse: number[] = [];
const together: number[] = [];
const walk: number[] = [];
for (let run = 0; run < runs; run++) {
  const result = once(all);
  walk.push(once(idle).lane);
  parse.push(result.parse);
  together.push(result.lane);
}

const costs = registered
  .filter(
    ({ id, ...rule }) =>
      id.includes(values.rule) && (rule.node ?? rule.function ?? rule.file ?? rule.comment ?? rule.project),
  )
  .map((rule) => {
    const lane = laneOf([rule]);
    once(lane);
    const samples = Array.from({ length: runs }, () => once(lane).lane - once(idle).lane);
    return { id: rule.id, cost: median(samples) };
  })
  .sort((a, b) => b.cost - a.cost);

const base = median(parse);
const share = median(together) / base;
const lines = sources.reduce((total, { text }) => total + text.split('\n').length, 0);
const content = [
  `${machine()}; ${sources.length} files, ${lines.toLocaleString('en')} lines, ${registered.length} rules, medians of ${runs} runs. Times in milliseconds.`,
  table(
    ['what', 'ms', '÷ parse'],
    [
      ['parsing all files', ms(base), '1.00'],
      ['headers and walk without a rule', ms(median(walk)), (median(walk) / base).toFixed(2)],
      ['all rules together, parsed files', ms(median(together)), share.toFixed(2)],
      ...costs.slice(0, values.write ? 15 : undefined).map(({ id, cost }) => [id, ms(cost), (cost / base).toFixed(3)]),
    ],
  ),
].join('\n\n');
console.log(content);
console.log(
  `\nAll rules cost ${share.toFixed(2)} × the parse; at most ${LIMIT} are allowed: ${share <= LIMIT ? 'held' : 'MISSED'}.`,
);
if (values.write) writeSection('rules', content);
if (share > LIMIT) process.exitCode = 1;

/**
 * `npm run bench:keystroke [-- --sizes=1000,10000 --shapes=functions --write]`: what one key costs inside the engine,
 * against analysing the file from nothing. Exits with 1 when a budget is missed.
 */
import { parseArgs } from 'node:util';
import { packageReader } from '#engine/project/packages.ts';
import { createWorkspace } from '#engine/workspace/create.ts';
import { documentKind } from '#engine/workspace/documentKind.ts';
import { syntaxLane } from '#engine/workspace/syntaxLane.ts';
import { TrackedDocument } from '#engine/workspace/trackedDocument.ts';
import type { ContentChange, LaneStats, Workspace } from '#engine/workspace/workspace.ts';
import { rules as registered } from '#rules/index.generated.ts';
import { type GeneratedFile, generateFile, type Shape, shapes } from './generate.ts';
import { heapUsed } from './heap.ts';
import { median, quantile } from './quantiles.ts';
import { machine, ms, table, writeSection } from './report.ts';
import { atOnce, everythingOn, SERVICE_ROOT, serviceFolder } from './settings.ts';
import { syntheticRules } from './syntheticRules.ts';
import { timed } from './timed.ts';

const PATH = `${SERVICE_ROOT}/src/orders.ts`;
const rules = [...registered, ...syntheticRules];
const configuration = everythingOn(rules);
const config = configuration.for(PATH);

const EDITS = 200;
const FIRST_HEAP = 20;

interface Result {
  readonly shape: Shape;
  readonly lines: number;
  /** Open, parse, analyse, findings: milliseconds of each run. */
  readonly full: readonly number[];
  /** The syntax lane alone on a parsed file. */
  readonly fullLane: readonly number[];
  /** Change, parse, analyse, findings. */
  readonly key: readonly number[];
  readonly reparse: readonly number[];
  readonly lane: readonly number[];
  readonly stats: LaneStats;
  /** Bytes after 20 and after 200 edits. */
  readonly heap: readonly [number, number];
}

/** Types a digit at places spread over the file, and takes it back: every other change restores the text. */
function* edits(file: GeneratedFile): Generator<ContentChange> {
  const lineStarts = [0];
  for (let at = file.text.indexOf('\n'); at >= 0; at = file.text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const positionAt = (offset: number) => {
    let line = lineStarts.length - 1;
    while ((lineStarts[line] ?? 0) > offset) line--;
    return { line, character: offset - (lineStarts[line] ?? 0) };
  };
  for (let n = 0; ; n++) {
    // A stride that shares no factor with most lengths visits top, middle and end in turn.
    const start = positionAt(file.digits[(n * 37) % file.digits.length] ?? 0);
    yield { range: { start, end: start }, text: '7' };
    yield { range: { start, end: { ...start, character: start.character + 1 } }, text: '' };
  }
}

async function analyse(workspace: Workspace): Promise<void> {
  await workspace.analyze(PATH, 'syntax', atOnce);
  workspace.findings(PATH);
}

/**
 * The façade that server and CLI use, from nothing and key by key. Full runs are spread between the keys, so that a busy
 * moment of the machine falls on both.
 */
async function measureWorkspace(file: GeneratedFile, runs: number): Promise<Pick<Result, 'full' | 'key' | 'heap'>> {
  const open = async (): Promise<Workspace> => {
    const workspace = createWorkspace({ root: SERVICE_ROOT, rules, host: serviceFolder, configuration });
    workspace.open(PATH, 'typescript', 1, file.text);
    await analyse(workspace);
    return workspace;
  };
  const workspace = await open();
  const full: number[] = [];
  const key: number[] = [];
  const typing = edits(file);
  let firstHeap = 0;
  for (let edit = 1; edit <= EDITS; edit++) {
    if (edit % Math.ceil(EDITS / runs) === 1) full.push(await timed(async () => (await open()).dispose()));
    const change = typing.next().value as ContentChange;
    key.push(
      await timed(async () => {
        workspace.change(PATH, edit + 1, [change]);
        await analyse(workspace);
      }),
    );
    if (edit === FIRST_HEAP) firstHeap = heapUsed();
  }
  const heap = [firstHeap, heapUsed()] as const;
  workspace.dispose();
  return { full, key, heap };
}

/** Parser and lane apart. */
async function measureParts(
  file: GeneratedFile,
  runs: number,
): Promise<Pick<Result, 'fullLane' | 'reparse' | 'lane' | 'stats'>> {
  const lane = syntaxLane({
    root: SERVICE_ROOT,
    rules,
    facets: [...new Set(rules.flatMap((rule) => rule.project?.facets ?? []))],
    packagesFor: packageReader(SERVICE_ROOT, serviceFolder).viewFor,
    onFailure: (rule, path, error) => {
      throw new Error(`${rule} failed on ${path}`, { cause: error });
    },
  });
  const kind = documentKind(PATH, 'typescript');
  if (kind === undefined) throw new Error('TypeScript is no document kind');
  const open = (): TrackedDocument => {
    const document = new TrackedDocument(PATH, kind, 1, file.text);
    document.sourceFile();
    return document;
  };
  const document = open();
  lane.runNow(document, config);
  const fullLane: number[] = [];
  const reparse: number[] = [];
  const keyLane: number[] = [];
  const typing = edits(file);
  let stats: LaneStats = { visited: 0, reused: 0, ms: 0 };
  for (let edit = 1; edit <= EDITS; edit++) {
    if (edit % Math.ceil(EDITS / runs) === 1) {
      const fresh = open();
      fullLane.push(await timed(() => lane.runNow(fresh, config)));
    }
    document.apply(edit + 1, [typing.next().value as ContentChange]);
    reparse.push(await timed(() => document.sourceFile()));
    keyLane.push(
      await timed(() => {
        stats = lane.runNow(document, config).stats;
      }),
    );
  }
  return { fullLane, reparse, lane: keyLane, stats };
}

interface Budget {
  readonly text: string;
  readonly share: number;
  readonly limit: number;
}

/**
 * Re-analysing may take this share of analysing all. Function checks over one huge function gather its facts anew; and
 * the incremental parser makes all members of an object literal anew, though not the statements inside them.
 */
const LANE_LIMIT: Readonly<Record<Shape, number>> = {
  functions: 1 / 50,
  class: 1 / 50,
  describe: 1 / 10,
  oneFunction: 1 / 10,
  object: 1 / 5,
};

function budgetsOf(result: Result): readonly Budget[] {
  const { shape, lines } = result;
  const name = `${shape}, ${lines.toLocaleString('en')} lines`;
  const budgets: Budget[] = [];
  if (lines === 10_000) {
    budgets.push({
      text: `${name}: re-analysing after a key, of analysing all`,
      share: median(result.lane) / median(result.fullLane),
      limit: LANE_LIMIT[shape],
    });
  }
  if (lines >= 1_000) {
    budgets.push({
      text: `${name}: whole key, of parsing and analysing all`,
      share: median(result.key) / median(result.full),
      limit: 1 / 5,
    });
  }
  budgets.push({
    text: `${name}: heap after ${EDITS} edits, of that after ${FIRST_HEAP}`,
    share: result.heap[1] / result.heap[0],
    limit: 1.2,
  });
  return budgets;
}

const oneIn = (share: number): string => (share >= 1 ? share.toFixed(2) : `1/${(1 / share).toFixed(1)}`);
const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);

const { values: args } = parseArgs({
  options: {
    sizes: { type: 'string', default: '200,1000,2000,10000,50000' },
    shapes: { type: 'string', default: shapes.join(',') },
    write: { type: 'boolean', default: false },
  },
});
const sizes = args.sizes.split(',').map(Number);
const chosenShapes = shapes.filter((shape) => args.shapes.split(',').includes(shape));

const rows: string[][] = [];
const budgets: Budget[] = [];
for (const shape of chosenShapes) {
  for (const lines of sizes) {
    const file = generateFile(shape, lines);
    const runs = lines >= 50_000 ? 3 : lines >= 10_000 ? 5 : 12;
    const result: Result = {
      shape,
      lines,
      ...(await measureWorkspace(file, runs)),
      ...(await measureParts(file, runs)),
    };
    rows.push([
      `${shape} ${lines.toLocaleString('en')}`,
      ms(median(result.full)),
      ms(median(result.key)),
      ms(quantile(result.key, 0.95)),
      oneIn(median(result.key) / median(result.full)),
      `${ms(median(result.reparse))} / ${ms(quantile(result.reparse, 0.95))}`,
      `${ms(median(result.lane))} / ${ms(quantile(result.lane, 0.95))}`,
      oneIn(median(result.lane) / median(result.fullLane)),
      result.stats.visited.toLocaleString('en'),
      result.stats.reused.toLocaleString('en'),
      `${megabytes(result.heap[0])} → ${megabytes(result.heap[1])}`,
    ]);
    budgets.push(...budgetsOf(result));
    console.error(`${shape} ${lines} measured`);
  }
}

const report = [
  `${machine()}; ${registered.length} registered and ${syntheticRules.length} synthetic rules. Times in milliseconds.`,
  table(
    [
      'file',
      'full',
      'key p50',
      'key p95',
      '÷ full',
      'reparse p50 / p95',
      'lane p50 / p95',
      '÷ full lane',
      'visited',
      'reused',
      'heap MB',
    ],
    rows,
  ),
  table(
    ['budget', 'share', 'at most', 'held'],
    budgets.map(({ text, share, limit }) => [text, oneIn(share), oneIn(limit), share <= limit ? 'yes' : '**no**']),
  ),
].join('\n\n');
console.log(report);
if (args.write) writeSection('keystroke', report);
process.exitCode = budgets.some(({ share, limit }) => share > limit) ? 1 : 0;

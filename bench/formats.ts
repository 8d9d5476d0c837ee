/**
 * `npm run bench:formats [-- --lines=10000 --write]`: what one key costs in a long configuration file with all rules on,
 * against opening it. Exits with 1 when a budget is missed.
 */
import { parseArgs } from 'node:util';
import { createWorkspace } from '#engine/workspace/create.ts';
import { rules } from '#rules/index.generated.ts';
import { median, quantile } from './quantiles.ts';
import { machine, ms, table, writeSection } from './report.ts';
import { atOnce, everythingOn, SERVICE_ROOT, serviceFolder } from './settings.ts';
import { timed } from './timed.ts';

/** A long file of one format: `head`, so many parts of which each ends with a line break, `tail`. */
interface Sample {
  readonly name: string;
  readonly path: string;
  readonly editorId: string;
  readonly head: string;
  readonly part: (n: number) => string;
  readonly tail: string;
  /** The key is typed behind this text, in parts spread over the file. */
  readonly behind: string;
  /** A key may cost this share of opening the file; formats of which no long files exist are shown without. */
  readonly limit?: number;
}

const samples: readonly Sample[] = [
  {
    name: 'YAML, an OpenAPI document',
    path: 'openapi.yaml',
    editorId: 'yaml',
    head: 'openapi: 3.0.0\npaths:\n',
    part: (n) =>
      `  /orders/${n}:\n    get:\n      summary: "Order ${n}"\n      parameters:\n        - name: id\n          in: query\n          schema:\n            type: string\n      responses:\n        '200':\n          description: the order\n`,
    tail: '',
    behind: 'summary: "Or',
    limit: 1 / 5,
  },
  {
    name: 'JSON',
    path: 'data.json',
    editorId: 'json',
    head: '{\n  "orders": [\n',
    part: (n) => `    {\n      "id": ${n},\n      "name": "order ${n}",\n      "open": true\n    },\n`,
    tail: '    {}\n  ]\n}\n',
    behind: '"name": "or',
  },
  {
    name: 'HTML',
    path: 'index.html',
    editorId: 'html',
    head: '<!doctype html>\n<html><body>\n',
    part: (n) => `<p class="order">order ${n} <a href="/orders/${n}">open</a></p>\n`,
    tail: '</body></html>\n',
    behind: '<p class="or',
  },
  {
    name: 'Prisma',
    path: 'schema.prisma',
    editorId: 'prisma',
    head: '',
    part: (n) =>
      `model Order${n} {\n  id        Int      @id\n  name      String\n  createdAt DateTime @default(now())\n}\n\n`,
    tail: '',
    behind: '  name',
  },
  {
    name: '.env',
    path: '.env',
    editorId: 'plaintext',
    head: '',
    part: (n) => `ORDER_${n}=value\n`,
    tail: '',
    behind: '=va',
  },
];

const EDITS = 60;

const { values: args } = parseArgs({
  options: { lines: { type: 'string', default: '10000' }, write: { type: 'boolean', default: false } },
});

function textOf({ head, part, tail }: Sample, lines: number): string {
  const parts = Math.ceil(lines / (part(0).split('\n').length - 1));
  return head + Array.from({ length: parts }, (_, n) => part(n)).join('') + tail;
}

/** Where a key can be typed, as line and character. */
function placesIn(text: string, behind: string): readonly { readonly line: number; readonly character: number }[] {
  return text.split('\n').flatMap((content, line) => {
    const at = content.indexOf(behind);
    return at < 0 ? [] : [{ line, character: at + behind.length }];
  });
}

async function measure(
  sample: Sample,
): Promise<{ readonly open: number; readonly keys: readonly number[]; lines: number }> {
  const text = textOf(sample, Number(args.lines));
  const path = `${SERVICE_ROOT}/${sample.path}`;
  const workspace = createWorkspace({
    root: SERVICE_ROOT,
    rules,
    host: serviceFolder,
    configuration: everythingOn(rules),
  });
  const analyse = async (): Promise<void> => {
    await workspace.analyze(path, 'syntax', atOnce);
    workspace.findings(path);
  };
  const opened: number[] = [];
  for (let run = 0; run < 5; run++) {
    opened.push(
      await timed(async () => {
        workspace.open(path, sample.editorId, 1, text);
        await analyse();
      }),
    );
    workspace.close(path);
  }
  workspace.open(path, sample.editorId, 1, text);
  await analyse();
  const places = placesIn(text, sample.behind);
  const keys: number[] = [];
  for (let edit = 0; edit < EDITS; edit++) {
    const start = places[((edit >> 1) * 37) % places.length];
    if (start === undefined) throw new Error(`${sample.name} has no place for a key`);
    const end = { ...start, character: start.character + (edit % 2) };
    const change = { range: { start, end }, text: edit % 2 === 0 ? 'x' : '' };
    keys.push(
      await timed(async () => {
        workspace.change(path, edit + 2, [change]);
        await analyse();
      }),
    );
  }
  workspace.dispose();
  return { open: median(opened), keys, lines: text.split('\n').length - 1 };
}

const rows: string[][] = [];
let missed = 0;
for (const sample of samples) {
  const { open, keys, lines } = await measure(sample);
  const share = median(keys) / open;
  const isHeld = sample.limit === undefined ? undefined : share <= sample.limit;
  if (isHeld === false) missed++;
  rows.push([
    sample.name,
    lines.toLocaleString('en'),
    ms(open),
    `${ms(median(keys))} / ${ms(quantile(keys, 0.95))}`,
    share > 1 ? share.toFixed(2) : `1/${(1 / share).toFixed(1)}`,
    sample.limit === undefined ? '–' : `1/${Math.round(1 / sample.limit)}`,
    isHeld === undefined ? '–' : isHeld ? 'yes' : '**no**',
  ]);
}
const report = [
  `${machine()}; ${rules.length} rules. Times in milliseconds.`,
  table(['file', 'lines', 'open', 'key p50 / p95', '÷ open', 'at most', 'held'], rows),
].join('\n\n');
console.log(report);
if (args.write) writeSection('formats', report);
process.exitCode = missed > 0 ? 1 : 0;

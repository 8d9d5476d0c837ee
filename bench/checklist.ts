/**
 * `npm run bench:checklist [-- --write]`: what it costs to judge 2,000 checklist items against 130 rules anew after one
 * finding came or went, by how many items the rule speaks about, against judging everything; and what it costs to answer
 * for the tree of them, against going through all items. Exits with 1 when a budget is missed.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type RegisteredRule, register, rule, ts } from '#api';
import { parseChecklist } from '#engine/checklist/parse.ts';
import { createWorkspace } from '#engine/workspace/create.ts';
import type { Host } from '#engine/workspace/host.ts';
import type { Workspace } from '#engine/workspace/workspace.ts';
import { treeCosts } from './checklistTree.ts';
import { median, quantile } from './quantiles.ts';
import { machine, ms, table, writeSection } from './report.ts';
import { atOnce, everythingOn } from './settings.ts';
import { timed } from './timed.ts';

const ITEMS = 2000;
const RULES = 130;
const DOCUMENTS = 20;
const SOURCES = 200;
const EDITS = 60;
const FULL_RUNS = 7;
/** A rule that speaks about fifteen items, the average here, may cost this part of judging everything. */
const BUDGET = 1 / 10;
const ROOT = '/bench';
const EDITED = `${ROOT}/src/edited.ts`;

/** How many items each of the first rules speaks about; the others share what is left. */
const USERS = [1, 15, 150, 1500] as const;

/** Reports each call of `call<n>`. */
function callRule(n: number): RegisteredRule {
  const name = `call${n}`;
  return register(
    'security',
    `synthetic-${n}`,
    rule({
      meta: {
        priority: 'P1',
        since: 'next',
        summary: `Calls of ${name}.`,
        topics: [`synthetic topic ${n}`],
        subject: [name, `uses${n}`],
        appliesTo: 'everywhere',
        messages: { found: 'Called.' },
      },
      options: z.strictObject({}),
      node: {
        on: {
          CallExpression(node, ctx) {
            if (ts.isIdentifier(node.expression) && node.expression.text === name) ctx.report(node, 'found');
          },
        },
      },
    }),
  );
}

const rules = Array.from({ length: RULES }, (_, n) => callRule(n));

/** Rule of each item: the first rules have as many as the table says, the rest is spread over the others. */
function ruleOf(item: number): number {
  let from = 0;
  for (const [n, count] of USERS.entries()) {
    if (item < from + count) return n;
    from += count;
  }
  return USERS.length + (item % (RULES - USERS.length));
}

/** Checklists, and sources that every rule has something to look at in. */
function files(): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (let document = 0; document < DOCUMENTS; document++) {
    const lines = [`# Launch checklist ${document}`, ''];
    for (let item = document; item < ITEMS; item += DOCUMENTS) {
      const n = ruleOf(item);
      if (item % 2 === 0) lines.push(`- [x] Item number ${item} of all <!-- airworthy: security/synthetic-${n} -->`);
      else lines.push(`- [x] Synthetic topic ${n} of item ${item} - \`src/edited.ts\``);
    }
    all.set(`${ROOT}/docs/launch-${document}.md`, `${lines.join('\n')}\n`);
  }
  for (let source = 0; source < SOURCES; source++) {
    const lines = Array.from(
      { length: 20 },
      (_, line) => `export const a${line} = uses${(source + line * 7) % RULES};`,
    );
    all.set(`${ROOT}/src/source${source}.ts`, `${lines.join('\n')}\n`);
  }
  return all;
}

function open(): Workspace {
  const texts = files();
  const host: Host = {
    readText: (path) => texts.get(path),
    isFile: (path) => texts.has(path),
    isFolder: () => false,
    list: () => [],
  };
  const workspace = createWorkspace({ root: ROOT, rules, host, configuration: everythingOn(rules) });
  workspace.refresh([...texts.keys()]);
  workspace.open(EDITED, 'typescript', 1, 'export {};\n');
  return workspace;
}

const judge = (workspace: Workspace) => workspace.analyze(EDITED, 'checklist', atOnce);

/** All lanes but the last have run, so that a full run is about checklists alone. */
async function full(): Promise<number> {
  const workspace = open();
  await workspace.analyze(EDITED, 'project', atOnce);
  const time = await timed(() => judge(workspace));
  const { items } = workspace.checklist().summary;
  workspace.dispose();
  if (items !== ITEMS) throw new Error(`${items} items were judged instead of ${ITEMS}`);
  return time;
}

let version = 1;

/** A finding of one rule comes and goes. */
async function oneChange(workspace: Workspace, n: number, edits = EDITS): Promise<readonly number[]> {
  const times: number[] = [];
  for (let edit = 0; edit < edits; edit++) {
    const text = edit % 2 === 0 ? `export {};\ncall${n}();\n` : 'export {};\n';
    workspace.change(EDITED, ++version, [{ text }]);
    await workspace.analyze(EDITED, 'syntax', atOnce);
    times.push(await timed(() => judge(workspace)));
    const broken = workspace.checklist().summary.verdicts.contradicted;
    const expected = edit % 2 === 0 ? USERS[n] : 0;
    if (broken !== expected) throw new Error(`${broken} items are contradicted instead of ${expected}`);
  }
  return times;
}

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const fulls: number[] = [];
const reads: number[] = [];
for (let run = 0; run < FULL_RUNS; run++) {
  fulls.push(await full());
  const lists = [...files()].filter(([path]) => path.endsWith('.md'));
  reads.push(await timed(() => lists.map(([path, text]) => parseChecklist(path, text))));
}
const workspace = open();
await judge(workspace);
const whole = median(fulls);
const rows: string[][] = [];
let held = true;
for (const [n, users] of USERS.entries()) {
  const times = await oneChange(workspace, n);
  const part = median(times) / whole;
  const budget = users === 15 ? BUDGET : undefined;
  if (budget !== undefined && part > budget) held = false;
  rows.push([
    String(users),
    `${ms(whole)} / ${ms(median(reads))}`,
    `${ms(median(times))} / ${ms(quantile(times, 0.95))}`,
    `1/${Math.round(1 / part)}`,
    budget === undefined ? '–' : `1/${1 / budget}`,
    budget === undefined ? '–' : part <= budget ? 'yes' : 'no',
  ]);
}
const tree = await treeCosts(workspace, () => oneChange(workspace, 0, 2));
const report = [
  `${machine()}; ${ITEMS} items in ${DOCUMENTS} documents, ${RULES} rules, ${SOURCES} sources. Times in milliseconds.`,
  '',
  table(
    ['items of the rule', 'full / reading alone', 'one change p50 / p95', 'one change ÷ full', 'at most', 'held'],
    rows,
  ),
  '',
  table(
    ['the tree is asked for', 'first', 'again p50 / p95', 'again ÷ first', 'at most', 'held'],
    tree.map(({ what, full, times, budget }) => {
      const part = median(times) / full;
      const isHeld = budget === undefined || part <= budget;
      if (!isHeld) held = false;
      return [
        what,
        ms(full),
        `${ms(median(times))} / ${ms(quantile(times, 0.95))}`,
        `1/${Math.round(1 / part)}`,
        budget === undefined ? '–' : `1/${1 / budget}`,
        budget === undefined ? '–' : isHeld ? 'yes' : 'no',
      ];
    }),
  ),
].join('\n');
console.log(report);
if (values.write) writeSection('checklist', report);
process.exitCode = held ? 0 : 1;

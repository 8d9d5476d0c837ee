/**
 * `npm run prove:fixes -- <folder> [--rule=id …] [--diff]` applies all safe fixes to a copy of a project and says what got
 * worse: a changed file that no longer parses or that the compiler likes less, a finding that comes, files that a second run
 * changes again. With `--single` it applies every fix that is offered by itself, suggested ones too, at most `--most` of a
 * kind. `--diff` shows all changes.
 */
import { parseArgs } from 'node:util';
import { copyProject } from './proveFixes/projectCopy.ts';
import { proveSafeFixes } from './proveFixes/safeFixes.ts';
import { tryFixes } from './proveFixes/singleFixes.ts';
import { textDiff } from './proveFixes/textDiff.ts';

const { values, positionals } = parseArgs({
  options: {
    rule: { type: 'string', multiple: true, default: [] },
    diff: { type: 'boolean', default: false },
    single: { type: 'boolean', default: false },
    most: { type: 'string', default: '5' },
  },
  allowPositionals: true,
});
const [given] = positionals;
if (given === undefined) throw new Error('Name the folder of a project.');

const { root, dispose } = copyProject(given);
const inProject = (text: string): string => text.replaceAll(`${root}/`, '');
try {
  const faults = values.single ? await single() : await bulk();
  if (faults > 0) process.exitCode = 1;
} finally {
  dispose();
}

/** The number of problems. */
async function bulk(): Promise<number> {
  const { changes, gone, problems } = await proveSafeFixes(root, values.rule);
  if (values.diff) console.log(textDiff(changes, root));
  for (const [rule, count] of gone) console.log(`  ${rule}: ${count} gone`);
  for (const problem of problems) console.log(`  ${inProject(problem)}`);
  const all = [...gone.values()].reduce((sum, count) => sum + count, 0);
  console.log(`${given}: ${changes.length} files fixed, ${all} findings gone, ${problems.length} new problems`);
  return problems.length;
}

/** The number of fixes with problems. */
async function single(): Promise<number> {
  let tried = 0;
  let faulty = 0;
  for await (const { offer, line, changes, problems } of tryFixes(root, values.rule, Number(values.most))) {
    tried++;
    if (problems.length > 0) faulty++;
    if (!values.diff && problems.length === 0) continue;
    console.log(`${inProject(offer.path)}:${line} ${offer.finding.rule}, ${offer.safety} fix "${offer.title}"`);
    for (const problem of problems) console.log(`  ! ${inProject(problem)}`);
    if (values.diff) console.log(textDiff(changes, root));
  }
  console.log(`${given}: ${tried} fixes tried, ${faulty} with problems`);
  return faulty;
}

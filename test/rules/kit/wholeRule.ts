import type { RegisteredRule } from '#engine/api/rule.ts';
import { optionRows } from '../../../scripts/gen/optionsTable.ts';
import type { Examination } from './examine.ts';
import type { Fixture } from './fixtures.ts';
import { analyze, own } from './offers.ts';
import type { RuleSelection } from './openWorkspace.ts';
import { body, examplesOf, readmeProblems } from './readme.ts';

/** What the fixtures of a rule leave open, as sentences. */
export function coverageProblems(
  rule: RegisteredRule,
  fixtures: readonly Fixture[],
  examinations: readonly Examination[],
): readonly string[] {
  const problems: string[] = [];
  for (const message of Object.keys(rule.meta.messages)) {
    if (!examinations.some((examination) => examination.messages.has(message))) {
      problems.push(`no fixture shows the message ${message}`);
    }
    for (const [index, fix] of (rule.fixes?.[message] ?? []).entries()) {
      if (!examinations.some((examination) => examination.shown.has(`${message} ${index}`))) {
        problems.push(`no twin shows what "${fix.title}" does about ${message}`);
      }
    }
  }
  for (const { name } of optionRows(rule.options)) {
    if (!fixtures.some((fixture) => setsOption(fixture, name))) problems.push(`no fixture sets the option ${name}`);
  }
  const quiet = (fixture: Fixture): boolean => fixture.expectations.size === 0;
  if (!fixtures.some((fixture) => !quiet(fixture))) problems.push('no fixture expects a finding');
  if (!fixtures.some((fixture) => quiet(fixture) && fixture.miss === undefined))
    problems.push('no fixture is good code');
  if (!fixtures.some((fixture) => fixture.miss !== undefined)) problems.push('no fixture shows a known miss');
  return problems;
}

function setsOption(fixture: Fixture, name: string): boolean {
  const own = fixture.options;
  if (typeof own === 'object' && own !== null && Object.hasOwn(own, name)) return true;
  return [...fixture.files].some(([path, text]) => path.endsWith('/airworthy.json') && text.includes(`"${name}"`));
}

/** What is wrong with a rule's README, as sentences. Its examples are run. */
export async function documentationProblems(readme: string, selection: RuleSelection): Promise<readonly string[]> {
  const { rule } = selection;
  const options = optionRows(rule.options);
  const problems = [...readmeProblems(readme, rule.id, options.length > 0)];
  for (const { name, description } of options) {
    if (!body(readme, 'Options').includes(`\`${name}\``)) problems.push(`the option \`${name}\` is not explained`);
    if (description === '') problems.push(`the option \`${name}\` has no description in its schema`);
  }
  for (const { url } of rule.meta.references ?? []) {
    if (!body(readme, 'References').includes(url)) problems.push(`the reference ${url} is missing`);
  }
  const examples = examplesOf(readme);
  for (const verdict of ['bad', 'good']) {
    if (!examples.some((example) => example.verdict === verdict)) problems.push(`it has no ${verdict} example`);
  }
  for (const { verdict, files, line } of examples) {
    const analysis = await analyze(files, { ...selection, options: undefined });
    const findings = [...own(analysis, selection).values()].flat();
    analysis.workspace.dispose();
    if (verdict === 'bad' && findings.length === 0) problems.push(`the bad example in line ${line} has no finding`);
    if (verdict === 'good' && findings.length > 0) {
      problems.push(
        `the good example in line ${line} has findings: ${findings.map((finding) => finding.message).join(' ')}`,
      );
    }
  }
  return problems;
}

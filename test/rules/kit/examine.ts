import { differences } from './compare.ts';
import type { Fixture } from './fixtures.ts';
import { type Analysis, analyze, applySafe, applySuggested, offersOf, ordinal, own } from './offers.ts';
import type { RuleSelection } from './openWorkspace.ts';
import { fixProblems } from './proveFix.ts';
import { firstDifference } from './textDifference.ts';
import { writeTwin } from './writeTwin.ts';

/** What running a fixture showed. */
export interface Examination {
  readonly problems: readonly string[];
  /** Messages that the rule reported in the fixture. */
  readonly messages: ReadonlySet<string>;
  /** `messageId index` of the fixes whose outcome a twin shows. */
  readonly shown: ReadonlySet<string>;
}

function findingProblems(fixture: Fixture, analysis: Analysis, selection: RuleSelection): readonly string[] {
  const found = own(analysis, selection);
  if (fixture.miss !== undefined && fixture.expectations.size > 0) {
    return ['it is marked as a known miss and expects findings all the same'];
  }
  const paths = new Set([...found.keys(), ...fixture.expectations.keys()]);
  return [...paths].flatMap((path) => {
    const text = analysis.workspace.text(path) ?? '';
    const lines = differences(text, found.get(path) ?? [], fixture.expectations.get(path) ?? []);
    return lines.map((line) => (fixture.folder ? `${path} ${line}` : line));
  });
}

/** Compares what fixes leave with the twin that shows it; writes the twin when UPDATE_FIXTURES is set. */
async function twinProblems(
  kind: string,
  fixture: Fixture,
  result: Fixture['files'],
  selection: RuleSelection,
): Promise<readonly string[]> {
  const twin = fixture.twins.get(kind);
  const changed = firstDifference(result, fixture.files) !== undefined;
  const outdated = !twin || firstDifference(result, twin.files) !== undefined;
  if (process.env['UPDATE_FIXTURES'] && changed && outdated) {
    writeTwin(fixture, kind, result);
    return [];
  }
  if (!twin) {
    return changed ? [`the twin that shows its fixes is missing (${kind}); UPDATE_FIXTURES=1 writes it`] : [];
  }
  if (!changed) return [`it has a twin (${kind}), and no fix changes it`];
  const difference = firstDifference(result, twin.files);
  if (difference !== undefined) return [`${kind}: ${difference}`];
  const analysis = await analyze(twin.files, selection);
  const problems = findingProblems(twin, analysis, selection);
  analysis.workspace.dispose();
  return problems.map((problem) => `${kind}: ${problem}`);
}

async function safeProblems(fixture: Fixture, selection: RuleSelection): Promise<readonly string[]> {
  const result = await applySafe(fixture.files, selection);
  return twinProblems('fixed', fixture, result, selection);
}

async function suggestedProblems(fixture: Fixture, selection: RuleSelection): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const kind of fixture.twins.keys()) {
    const nth = Number(/^suggest-(\d)$/.exec(kind)?.[1] ?? 0);
    if (nth === 0) continue;
    const result = await applySuggested(fixture.files, selection, nth);
    problems.push(...(await twinProblems(kind, fixture, result, selection)));
  }
  return problems;
}

/** Runs a fixture: its findings, every offered fix, and what its twins show. */
export async function examine(fixture: Fixture, selection: RuleSelection): Promise<Examination> {
  const analysis = await analyze(fixture.files, selection);
  const problems = [...findingProblems(fixture, analysis, selection)];
  const messages = new Set([...own(analysis, selection).values()].flat().map((finding) => finding.messageId));
  const offers = await offersOf(analysis, selection);
  problems.push(...(await fixProblems(analysis, offers, selection)));
  analysis.workspace.dispose();
  if (problems.length === 0) {
    problems.push(...(await safeProblems(fixture, selection)), ...(await suggestedProblems(fixture, selection)));
  }
  const shown = offers.filter((offer) =>
    fixture.twins.has(offer.safety === 'safe' ? 'fixed' : `suggest-${ordinal(offer, offers)}`),
  );
  return { problems, messages, shown: new Set(shown.map((offer) => `${offer.finding.messageId} ${offer.index}`)) };
}

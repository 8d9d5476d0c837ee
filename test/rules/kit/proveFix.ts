import type { Finding } from '#engine/api/finding.ts';
import { commentsOf } from './comments.ts';
import { type Analysis, analyze, type Offer, offersOf } from './offers.ts';
import type { RuleSelection } from './openWorkspace.ts';
import { formatProblems } from './parseProblems.ts';
import { firstDifference } from './textDifference.ts';
import { diagnosticsOf } from './typeCheck.ts';
import { withCrlf, withTabs } from './variants.ts';
import { applyEdits, type Files, mapFiles } from './virtualFiles.ts';

/** How often each value occurs. */
function count(values: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Values that occur more often in `after` than in `before`. */
function added(before: Iterable<string>, after: Iterable<string>): readonly string[] {
  const known = count(before);
  return [...count(after)].flatMap(([value, times]) => (times > (known.get(value) ?? 0) ? [value] : []));
}

function kinds(findings: Iterable<readonly Finding[]>): readonly string[] {
  return [...findings].flat().map((finding) => `${finding.rule} ${finding.messageId}`);
}

function lostComments(before: Files, after: Files): readonly string[] {
  const comments = (files: Files): readonly string[] =>
    [...files].flatMap(([path, text]) => (/\.[cm]?[jt]sx?$/.test(path) ? commentsOf(path, text) : []));
  return added(comments(after), comments(before));
}

/** The text a fix leaves when the fixture is written another way, or a sentence why there is none. */
async function fixedVariant(
  files: Files,
  offer: Offer,
  selection: RuleSelection,
): Promise<{ readonly files: Files } | { readonly problem: string }> {
  const analysis = await analyze(files, selection);
  const offers = await offersOf(analysis, selection);
  analysis.workspace.dispose();
  const twin = offers.find(
    (other) => other.path === offer.path && other.nth === offer.nth && other.index === offer.index,
  );
  return twin ? { files: applyEdits(files, twin.edits) } : { problem: 'is not offered' };
}

async function variantProblems(
  files: Files,
  fixed: Files,
  offer: Offer,
  selection: RuleSelection,
): Promise<readonly string[]> {
  const variants = [
    ['with Windows line ends', withCrlf],
    ['indented by tabs', withTabs],
  ] as const;
  const problems: string[] = [];
  for (const [name, change] of variants) {
    const result = await fixedVariant(mapFiles(files, change), offer, selection);
    if ('problem' in result) problems.push(`${name} it ${result.problem}`);
    else {
      const difference = firstDifference(result.files, mapFiles(fixed, change));
      if (difference !== undefined) problems.push(`${name} ${difference}`);
    }
  }
  return problems;
}

function isCalledSafe({ finding, index }: Offer, { rule }: RuleSelection): boolean {
  return rule.fixes?.[finding.messageId]?.[index]?.safety === 'safe';
}

/** The files after an offered fix, or why it cannot be applied. */
function outcome(analysis: Analysis, offer: Offer): { readonly files: Files } | { readonly problem: string } {
  try {
    return { files: applyEdits(analysis.files, offer.edits) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

async function problemsAfter(
  analysis: Analysis,
  offer: Offer,
  fixed: Files,
  selection: RuleSelection,
): Promise<readonly string[]> {
  const after = await analyze(fixed, selection);
  after.workspace.dispose();
  const kind = `${offer.finding.rule} ${offer.finding.messageId}`;
  const before = kinds(analysis.findings.values());
  const now = kinds(after.findings.values());
  const gone = now.filter((other) => other === kind).length < before.filter((other) => other === kind).length;
  const lost = offer.safety === 'safe' ? lostComments(analysis.files, fixed) : [];
  return [
    ...(isCalledSafe(offer, selection) && offer.safety !== 'safe'
      ? ['its rule calls it safe, and --fix leaves it out: it changes another file or is computed later']
      : []),
    ...(gone ? [] : ['the finding it was offered for is still there']),
    ...added(before, now).map((other) => `it brings a new finding: ${other}`),
    ...added(formatProblems(analysis.files), formatProblems(fixed)).map((other) => `it breaks the syntax: ${other}`),
    ...lost.map((other) => `it drops a comment: ${other}`),
    ...(await variantProblems(analysis.files, fixed, offer, selection)),
  ];
}

/**
 * What is wrong with the fixes offered for a fixture, as sentences; none for fixes that keep their promises: each one
 * applies, leaves code that parses and type-checks as before, ends the finding it was offered for and starts none, keeps
 * line ends and indentation, and, when it is safe, every comment; what its rule calls safe runs in bulk.
 */
export async function fixProblems(
  analysis: Analysis,
  offers: readonly Offer[],
  selection: RuleSelection,
): Promise<readonly string[]> {
  const outcomes = offers.map((offer) => outcome(analysis, offer));
  const texts = outcomes.map((result) => ('files' in result ? result.files : analysis.files));
  const [before = [], ...after] = offers.length > 0 ? diagnosticsOf([analysis.files, ...texts]) : [];
  const problems: string[] = [];
  for (const [index, offer] of offers.entries()) {
    const result = outcomes[index];
    const own =
      !result || 'problem' in result
        ? [result?.problem ?? 'it has no outcome']
        : [
            ...(await problemsAfter(analysis, offer, result.files, selection)),
            ...added(before, after[index] ?? []).map((other) => `it brings a compiler error: ${other}`),
          ];
    problems.push(...own.map((problem) => `fix "${offer.title}" of finding ${offer.nth + 1}: ${problem}`));
  }
  return problems;
}

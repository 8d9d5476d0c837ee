import type { Finding, TextEdit } from '#engine/api/finding.ts';
import { parseFormat } from '#engine/formats/index.ts';
import { documentKind } from '#engine/workspace/documentKind.ts';
import { type Leaf, leavesOf } from './leaves.ts';
import { type Analysis, analyze, type Offer, offersFor } from './offers.ts';
import type { RuleSelection } from './openWorkspace.ts';
import { formatProblems } from './parseProblems.ts';
import { applyEdits, type Files } from './virtualFiles.ts';

/** What all rules did to some files. */
export interface TextVerdict {
  /** Sentences; empty when every finding and every fix keeps its promises. */
  readonly flaws: readonly string[];
  readonly findings: number;
  /** Fixes that were applied. */
  readonly fixes: number;
}

/** Findings beyond these get no fixes applied: a mutation may multiply them. */
const MAX_FIXES = 4;

/**
 * Runs all rules over files that may hold anything, and applies what fixes are offered, one by one. Asked for is: nothing
 * throws; every place is inside its document; a fix applies, ends its finding, leaves documents that parse no worse, says
 * nothing else than before apart from what its edits touch, and keeps the ends of lines.
 */
export async function judgeTexts(files: Files, selection: RuleSelection): Promise<TextVerdict> {
  const analysis = await analyze(files, selection);
  const flaws = [...analysis.findings].flatMap(([path, findings]) => placeFlaws(files, path, findings));
  const offers = await offersFor(analysis, analysis.findings);
  flaws.push(...analysis.workspace.failures().map(({ rule, fix, error }) => `${rule} threw in ${fix}: ${error}`));
  analysis.workspace.dispose();
  const applied = offers.slice(0, MAX_FIXES);
  for (const offer of applied) {
    const found = await fixFlaws(analysis, offer, selection);
    flaws.push(...found.map((flaw) => `${offer.finding.rule}: fix "${offer.title}": ${flaw}`));
  }
  const findings = [...analysis.findings.values()].reduce((sum, { length }) => sum + length, 0);
  return { flaws, findings, fixes: applied.length };
}

function placeFlaws(files: Files, path: string, findings: readonly Finding[]): readonly string[] {
  return findings.flatMap(({ rule, messageId, start, end, related }) => {
    const places = [{ path, span: { start, end } }, ...related];
    return places.flatMap((place) => {
      const { length } = files.get(place.path) ?? '';
      const isInside = place.span.start >= 0 && place.span.start <= place.span.end && place.span.end <= length;
      return isInside
        ? []
        : [
            `${rule}: ${messageId} is at ${place.span.start}-${place.span.end} of ${length} characters of ${place.path}`,
          ];
    });
  });
}

async function fixFlaws(analysis: Analysis, offer: Offer, selection: RuleSelection): Promise<readonly string[]> {
  let files: Files;
  try {
    files = applyEdits(analysis.files, offer.edits);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  const after = await analyze(files, selection);
  after.workspace.dispose();
  const left = countOf(after.findings, offer.finding);
  const edited = new Set(offer.edits.map(({ path }) => path));
  return [
    ...(left < countOf(analysis.findings, offer.finding) ? [] : ['the finding it was offered for is still there']),
    ...[...edited].flatMap((path) => [
      ...syntaxFlaws(analysis.files, files, path),
      ...meaningFlaws(analysis.files, files, path, offer),
      ...lineEndFlaws(analysis.files.get(path), files.get(path) ?? ''),
    ]),
  ];
}

function countOf(findings: ReadonlyMap<string, readonly Finding[]>, { rule, messageId }: Finding): number {
  return [...findings.values()].flat().filter((other) => other.rule === rule && other.messageId === messageId).length;
}

function problemsIn(files: Files, path: string): readonly string[] {
  const text = files.get(path);
  return text === undefined ? [] : formatProblems(new Map([[path, text]]));
}

function syntaxFlaws(before: Files, after: Files, path: string): readonly string[] {
  const [had, has] = [problemsIn(before, path), problemsIn(after, path)];
  return has.length > had.length
    ? [`it breaks the syntax: ${has.find((problem) => !had.includes(problem)) ?? has[0]}`]
    : [];
}

/** Where edits put their texts: the text between two of them moves by what those before it added. */
function insertions(edits: readonly TextEdit[]): readonly TextEdit[] {
  let moved = 0;
  return edits
    .toSorted((a, b) => a.start - b.start)
    .map((edit) => {
      const start = edit.start + moved;
      moved += edit.newText.length - (edit.end - edit.start);
      return { ...edit, start, end: start + edit.newText.length };
    });
}

/** What a document says in places that no edit touches. */
function untouched(leaves: readonly Leaf[], edits: readonly TextEdit[]): readonly string[] {
  return leaves
    .filter(
      ({ spans }) => !spans.some(({ start, end }) => edits.some((edit) => edit.start <= end && edit.end >= start)),
    )
    .map(({ says }) => says)
    .sort();
}

function meaningFlaws(before: Files, after: Files, path: string, { edits }: Offer): readonly string[] {
  const kind = documentKind(path);
  const [had, has] = [before.get(path), after.get(path)];
  if (kind?.type !== 'format' || had === undefined || has === undefined) return [];
  const [one, two] = [parseFormat(kind.language, had), parseFormat(kind.language, has)];
  // What is read out of a broken document depends on every character of it.
  if (one.problems.length > 0) return [];
  const own = edits.filter((edit): edit is TextEdit => 'newText' in edit && edit.path === path);
  const kept = untouched(leavesOf(one), own);
  const now = untouched(leavesOf(two), insertions(own));
  const lost = kept.find((says, index) => says !== now[index]);
  if (lost !== undefined && !now.includes(lost)) return [`it changes what it does not touch: ${lost} is gone`];
  const brought = now.find((says, index) => says !== kept[index]);
  return brought === undefined ? [] : [`it changes what it does not touch: ${brought} is new`];
}

function lineEndFlaws(before: string | undefined, after: string): readonly string[] {
  // Half a line end becomes a whole one by what is written beside it.
  if (before === undefined || /\r(?!\n)/.test(before)) return [];
  const windows = (text: string): number => text.split('\r\n').length - 1;
  const plain = (text: string): number => text.split(/(?<!\r)\n/).length - 1;
  if (windows(before) > 0 && plain(before) === 0 && plain(after) > 0) return ['it writes \\n among Windows line ends'];
  return windows(before) === 0 && windows(after) > 0 ? ['it writes Windows line ends among others'] : [];
}

import type { ChecklistScore, ChecklistView, JudgedDocument, JudgedItem, Verdict } from '#engine/checklist/view.ts';
import { isInside } from '#engine/document/paths.ts';
import { visible } from '#engine/document/visible.ts';
import { verdicts, verdictWords } from '#protocol/verdicts.ts';
import { wrap } from '../reporters/wrap.ts';
import type { Colors, Terminal } from '../terminal.ts';

export interface PrettyOptions {
  readonly root: string;
  /** Items that nobody has to look at, and documents that do not count, as well. */
  readonly all: boolean;
}

type Style = Pick<Terminal, 'width' | 'colors'>;

/** A mark beside the word, for eyes that run down a column. */
const MARKS: Readonly<Record<Verdict, string>> = {
  regressed: '✗',
  contradicted: '✗',
  expired: '✗',
  open: '○',
  satisfied: '◐',
  'not-checkable': '?',
  waived: '–',
  'not-applicable': '·',
  verified: '✓',
};

/** Nobody has to do anything about these. */
const QUIET: ReadonlySet<Verdict> = new Set(['verified', 'not-checkable', 'not-applicable', 'waived']);

/** Findings shown with an item. */
const MAX_PLACES = 5;

/** The tree for people: what stands in the way first, then each document with what there is to do. */
export function checklistPretty(view: ChecklistView, { root, all }: PrettyOptions, style: Style): string {
  const { colors } = style;
  const shown = view.documents.filter(({ counted }) => all || counted);
  const blocks = shown.map((document) => documentLines(document, all, root, style));
  const others = view.documents.length - shown.length;
  const groups = view.groups.filter(({ disagree }) => disagree).length;
  return [
    ...blocks.map((lines) => `${lines.join('\n')}\n`),
    [
      ...summaryLines(view, style),
      ...(groups > 0
        ? [`${groups} ${groups === 1 ? 'claim is' : 'claims are'} done in one document and open in another.`]
        : []),
      ...(others > 0
        ? [colors.dim(`${others} other ${others === 1 ? 'list is' : 'lists are'} left out; --all shows them as well.`)]
        : []),
      '',
    ].join('\n'),
  ].join('\n');
}

function documentLines(document: JudgedDocument, all: boolean, root: string, style: Style): readonly string[] {
  const { colors } = style;
  const head = `${colors.bold(visible(document.title))}  ${colors.dim(visible(document.name))}`;
  const lines = [head, `  ${scoreLine(document.score, colors)}`];
  const items = document.items.filter(({ item, verdict, blocker }) =>
    all ? true : item.aside === undefined && (blocker || !QUIET.has(verdict)),
  );
  let section = '';
  for (const judged of items) {
    const path = judged.item.sectionPath.join(' › ');
    if (path !== section && path !== '') lines.push(`  ${colors.dim(visible(path))}`);
    section = path;
    lines.push(...itemLines(judged, document, root, style));
  }
  return lines;
}

function itemLines(judged: JudgedItem, document: JudgedDocument, root: string, style: Style): readonly string[] {
  const { colors, width } = style;
  const { item, verdict, why, evidence, priority } = judged;
  const paint = painter(verdict, colors);
  const rank = priority === undefined ? '' : `${priority} `;
  const place = colors.dim(`${visible(document.name)}:${item.line}`);
  const head = `    ${paint(`${MARKS[verdict]} ${verdictWords[verdict]}`)}  ${rank}${visible(item.title)}  ${place}`;
  if (verdict === 'open' && evidence.every(({ findings }) => findings.length === 0)) return [head];
  const places = evidence.flatMap(({ rule, findings, elsewhere, verifiedAt }) =>
    [...findings, ...(verifiedAt === undefined ? [] : elsewhere)].map(({ path, line }) => {
      const name = isInside(path, root) ? path.slice(root.length + 1) : path;
      return `${visible(name)}:${line}  ${rule}`;
    }),
  );
  const more = places.length - MAX_PLACES;
  return [
    head,
    ...wrap(visible(why), width - 8).map((line) => colors.dim(`      ${line}`)),
    ...places.slice(0, MAX_PLACES).map((line) => `      ${colors.cyan(line)}`),
    ...(more > 0 ? [colors.dim(`      and ${more} more`)] : []),
  ];
}

function painter(verdict: Verdict, colors: Colors): (text: string) => string {
  if (verdict === 'regressed' || verdict === 'contradicted' || verdict === 'expired') return colors.red;
  if (verdict === 'verified' || verdict === 'satisfied') return colors.green;
  return verdict === 'open' ? colors.yellow : colors.dim;
}

function summaryLines({ summary, blockers, documents }: ChecklistView, { colors }: Style): readonly string[] {
  if (documents.length === 0)
    return [
      'There is no checklist in this project.',
      'Lists are found in Markdown; "checklist" in airworthy.json names others.',
    ];
  const lines = [scoreLine(summary, colors)];
  if (blockers.length > 0)
    lines.push(...blockers.slice(0, 20).map(({ item }) => `  ${colors.red('P0')} ${visible(item.title)}`));
  return lines;
}

/** Blockers in front: a percentage alone hides them. */
function scoreLine({ blockers, percent, counted, proven, verdicts: counts }: ChecklistScore, colors: Colors): string {
  const parts = [
    blockers > 0 ? colors.red(`${blockers} ${blockers === 1 ? 'blocker' : 'blockers'}`) : colors.green('No blockers'),
    percent === undefined ? 'nothing that can be checked' : `${percent} % proven (${proven} of ${counted})`,
    ...verdicts
      .filter((verdict) => counts[verdict] > 0)
      .map((verdict) => `${counts[verdict]} ${verdictWords[verdict].toLowerCase()}`),
  ];
  return parts.join(', ');
}

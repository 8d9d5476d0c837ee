import type { BlockContent, PhrasingContent, Root, RootContent, TableCell } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';
import { headline, scoreSentence } from './model/headline.ts';
import type { DocumentReport, ItemReport, ReportModel, RuleReport } from './model/report.ts';
import { type LinkBase, placeLink } from './placeLink.ts';
import { counted, oneLine, ruleLink, shownTime } from './text.ts';
import { categoryWords, priorities, verdictWords } from './words.ts';

/** Entries of one list or table: what is longer is cut and says so. The JSON report has all. */
const MAX_ENTRIES = 500;
const MAX_PLACES = 5;

/**
 * The report as Markdown of GitHub's kind, for pull requests and wikis. Texts go through a syntax tree, so that none of them
 * can become markup. `base` leads from the file to the workspace.
 */
export function reportMarkdown(model: ReportModel, base: LinkBase): string {
  const { title, detail } = headline(model);
  const root: Root = {
    type: 'root',
    children: [
      heading(1, `Readiness of ${oneLine(model.name)}`),
      paragraph(strong(`${title}.`), text(` ${detail}`)),
      paragraph(text(scoreSentence(model))),
      paragraph(text(facts(model))),
      heading(2, 'Blockers'),
      ...blockers(model, base),
      heading(2, 'By category'),
      ...categories(model),
      ...history(model),
      heading(2, 'Checklists'),
      ...documents(model.documents, base),
      heading(2, 'Findings by rule'),
      ...findings(model.rules, base),
      heading(2, 'What this report cannot tell'),
      ...limits(model, base),
    ],
  };
  return toMarkdown(root, { extensions: [gfmToMarkdown({ tablePipeAlign: false })], bullet: '-', rule: '-' });
}

function facts({ at, commit, files, toolVersion }: ReportModel): string {
  const parts = [shownTime(at), ...(commit === '' ? [] : [`commit ${oneLine(commit.slice(0, 12))}`])];
  return `${[...parts, `${counted(files, 'file')} analysed`, `Airworthy ${toolVersion}`].join(' · ')}`;
}

function blockers({ blockers: items, summary }: ReportModel, base: LinkBase): readonly RootContent[] {
  const urgent = summary.findings.P0;
  return [
    ...(items.length === 0
      ? [paragraph(text('No item of the checklists keeps the project from production.'))]
      : [list(items, (item) => itemEntry(item, base, true))]),
    ...(urgent === 0 ? [] : [paragraph(text(`${counted(urgent, 'finding')} of priority P0: see findings by rule.`))]),
  ];
}

function categories({ categories: own, withoutRule }: ReportModel): readonly RootContent[] {
  if (own.length === 0) return [paragraph(text('No category has items or findings.'))];
  const rows = own.map(({ category, score, findings: counts }) => [
    categoryWords[category],
    String(score.blockers),
    score.counted === 0 ? '–' : `${score.proven} of ${score.counted}`,
    score.percent === null ? '–' : `${score.percent} %`,
    ...priorities.map((priority) => String(counts[priority])),
  ]);
  const rest = `${counted(withoutRule, 'item')} that no rule decides about: in no category.`;
  return [
    table(
      ['Category', 'Blockers', 'Proven', 'Score', ...priorities],
      rows.map((row) => row.map((cell) => [text(cell)])),
    ),
    ...(withoutRule === 0 ? [] : [paragraph(text(rest))]),
  ];
}

function history({ history: records }: ReportModel): readonly RootContent[] {
  if (records.length === 0) return [];
  const rows = records
    .slice(-20)
    .reverse()
    .map(({ at, commit, blockers: count, percent, findings: counts }) => [
      shownTime(at),
      commit.slice(0, 9),
      String(count),
      percent === null ? '–' : `${percent} %`,
      ...priorities.map((priority) => String(counts[priority])),
    ]);
  return [
    heading(2, 'Over time'),
    table(
      ['Time', 'Commit', 'Blockers', 'Score', ...priorities],
      rows.map((row) => row.map((cell) => [text(cell)])),
    ),
  ];
}

function documents(all: readonly DocumentReport[], base: LinkBase): readonly RootContent[] {
  if (all.length === 0) return [paragraph(text('The workspace has no readiness checklist.'))];
  return all.flatMap(({ path, title, counted: counts, score, items }) => [
    heading(3, oneLine(title)),
    paragraph(
      fileLink(placeLink(base, path), oneLine(path)),
      text(` · ${score.proven} of ${score.counted} proven, ${counted(score.items, 'item')}`),
      ...(counts ? [] : [text(' · not counted')]),
    ),
    list(items, (item) => itemEntry(item, base, false)),
  ]);
}

function itemEntry(item: ItemReport, base: LinkBase, withPath: boolean): readonly BlockContent[] {
  const { icon, word } = verdictWords[item.verdict];
  const places = item.evidence.flatMap(({ findings: own }) => own);
  const shown = places
    .slice(0, MAX_PLACES)
    .flatMap(({ path, line }, index) => [...(index > 0 ? [text(', ')] : []), place(base, path, line)]);
  const more = places.length > MAX_PLACES ? [text(` and ${places.length - MAX_PLACES} more`)] : [];
  return [
    paragraph(
      strong(`${item.priority === null ? '' : `${item.priority} `}${oneLine(item.title)}`),
      // Not at an end of the line, where it would make the report a checklist of its own.
      text(` (${icon} ${word})`),
      ...(withPath ? [text(' in '), place(base, item.path, item.line)] : []),
      text(`. ${oneLine(item.why)}`),
      ...(shown.length > 0 ? [text(' '), ...shown, ...more] : []),
    ),
  ];
}

function findings(rules: readonly RuleReport[], base: LinkBase): readonly RootContent[] {
  if (rules.length === 0) return [paragraph(text('There are no findings.'))];
  return rules.flatMap(({ rule, summary, priority, findings: own }) => [
    heading(3, `${priority} ${oneLine(rule)}: ${counted(own.length, 'finding')}`),
    paragraph(text(`${oneLine(summary)} `), link(ruleLink(rule), 'What to do')),
    list(own, ({ path, line, message }) => [paragraph(place(base, path, line), text(` ${oneLine(message)}`))]),
  ]);
}

function limits({ documents: all, troubles, complete }: ReportModel, base: LinkBase): readonly RootContent[] {
  const items = all.filter(({ counted: counts }) => counts).flatMap((document) => document.items);
  const uncheckable = items.filter(({ verdict }) => verdict === 'not-checkable');
  const forPeople = items.filter(({ human, status }) => human && status !== 'done' && status !== 'dropped');
  const entry = ({ title, path, line }: ItemReport) => [paragraph(text(`${oneLine(title)} `), place(base, path, line))];
  const parts = [
    ...(uncheckable.length === 0
      ? []
      : [paragraph(text('Ticked, and nothing here can tell whether it is true:')), list(uncheckable, entry)]),
    ...(forPeople.length === 0
      ? []
      : [paragraph(text('Open, and only a person can close it:')), list(forPeople, entry)]),
    ...(troubles.length === 0
      ? []
      : [
          paragraph(text('Went wrong while analysing:')),
          list(troubles, ({ path, message }) => [paragraph(text(`${oneLine(path)}: ${oneLine(message)}`))]),
        ]),
    ...(complete ? [] : [paragraph(text('Not every rule has run over the whole workspace.'))]),
  ];
  return parts.length > 0 ? parts : [paragraph(text('Everything that the checklists claim could be checked.'))];
}

function text(value: string): PhrasingContent {
  return { type: 'text', value };
}

function strong(value: string): PhrasingContent {
  return { type: 'strong', children: [text(value)] };
}

function link(url: string, value: string): PhrasingContent {
  return { type: 'link', url, children: [text(value)] };
}

/** As code: a path could hold what reads as a link of its own, and links do not nest. */
function fileLink(url: string, path: string): PhrasingContent {
  return { type: 'link', url, children: [{ type: 'inlineCode', value: path }] };
}

function place(base: LinkBase, path: string, line: number): PhrasingContent {
  return fileLink(placeLink(base, path, line), `${oneLine(path)}:${line}`);
}

function paragraph(...children: PhrasingContent[]): BlockContent {
  return { type: 'paragraph', children };
}

function heading(depth: 1 | 2 | 3, value: string): RootContent {
  return { type: 'heading', depth, children: [text(value)] };
}

function list<T>(entries: readonly T[], content: (entry: T) => readonly BlockContent[]): BlockContent {
  const shown = entries.slice(0, MAX_ENTRIES).map((entry) => [...content(entry)]);
  const rest = entries.length - shown.length;
  if (rest > 0) shown.push([paragraph(text(`and ${rest} more`))]);
  return {
    type: 'list',
    spread: false,
    children: shown.map((children) => ({ type: 'listItem', spread: false, children })),
  };
}

function table(head: readonly string[], rows: readonly (readonly PhrasingContent[][])[]): RootContent {
  const row = (cells: readonly (readonly PhrasingContent[])[]) => ({
    type: 'tableRow' as const,
    children: cells.map((children): TableCell => ({ type: 'tableCell', children: [...children] })),
  });
  return {
    type: 'table',
    align: head.map((_, index) => (index === 0 ? 'left' : 'right')),
    children: [row(head.map((cell) => [text(cell)])), ...rows.map(row)],
  };
}

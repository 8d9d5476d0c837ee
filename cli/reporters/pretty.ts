import type { Priority } from '#engine/api/finding.ts';
import { visible } from '#engine/document/visible.ts';
import { type LeftOutKind, leftOutKinds, type Report, type ReportedFinding, type ReportedPlace } from '../report.ts';
import type { Colors, Terminal } from '../terminal.ts';
import { codeFrame } from './codeFrame.ts';
import type { Reporter } from './reporter.ts';
import { wrap } from './wrap.ts';

type Style = Pick<Terminal, 'width' | 'colors'>;

/** For people: each finding with its code, then what there was in all. */
export const pretty: Reporter = (report, style) => {
  const blocks = [
    ...report.configProblems.map((problem) => [
      heading(problem, style.colors.red('configuration'), style.colors),
      ...body(problem.message, problem, report, style),
    ]),
    ...report.findings.map((finding) => findingBlock(finding, report, style)),
    troubleLines(report, style),
    summary(report, style),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => `${block.join('\n')}\n`)
    .join('\n');
};

function findingBlock(finding: ReportedFinding, report: Report, style: Style): readonly string[] {
  const { colors } = style;
  const fix =
    finding.fix === 'safe' ? colors.green('  fix: --fix') : finding.fix ? colors.dim('  fix: in the editor') : '';
  const title = `${priorityName(finding.priority, colors)} ${colors.bold(finding.rule)}${fix}`;
  const related = finding.related.flatMap((place) =>
    wrap(`${linkTo(place)} ${visible(place.label)}`, style.width - 2).map((line) => `  ${colors.dim(line)}`),
  );
  return [heading(finding, title, colors), ...body(finding.message, finding, report, style), ...related];
}

function heading(place: ReportedPlace, title: string, colors: Colors): string {
  return `${colors.cyan(linkTo(place))}  ${title}`;
}

/** `path:line:column`, which terminals of editors open on a click. */
function linkTo({ path, line, column }: ReportedPlace): string {
  return `${visible(path)}:${line}:${column}`;
}

function body(message: string, place: ReportedPlace, report: Report, style: Style): readonly string[] {
  const lines = report.lines(place.path);
  const text = wrap(visible(message), style.width - 2).map((line) => `  ${line}`);
  if (lines === undefined) return text;
  return [...text, '', ...codeFrame(lines, place, style.width - 2, style.colors).map((line) => `  ${line}`)];
}

function priorityName(priority: Priority, colors: Colors): string {
  const paint = { P0: colors.red, P1: colors.yellow, P2: colors.blue, P3: colors.dim };
  return paint[priority](priority);
}

function troubleLines({ troubles }: Report, { colors, width }: Style): readonly string[] {
  return troubles.flatMap(({ path, message }) => {
    const [first = '', ...rest] = wrap(`${visible(path)}: ${visible(message)}`, width - 2);
    return [`${colors.yellow('!')} ${first}`, ...rest.map((line) => `  ${line}`)];
  });
}

function summary(report: Report, { colors, width }: Style): readonly string[] {
  const { stats, findings, failOn } = report;
  const files = new Set(findings.map(({ path }) => path)).size;
  const byPriority = (['P0', 'P1', 'P2', 'P3'] as const)
    .filter((priority) => stats.findings[priority] > 0)
    .map((priority) => `${stats.findings[priority]} ${priorityName(priority, colors)}`);
  const total =
    stats.files === 0
      ? 'No files to analyse.'
      : findings.length === 0
        ? colors.green(`No findings in ${count(stats.files, 'file')}.`)
        : `${colors.bold(count(findings.length, 'finding'))} in ${files} of ${count(stats.files, 'file')}: ${byPriority.join(', ')}.`;
  const safe = findings.filter(({ fix }) => fix === 'safe').length;
  const leftOut = leftOutKinds.filter((kind) => stats.leftOut[kind] > 0).map((kind) => leftOutText(kind, report));
  const isFailed = failOn !== undefined && findings.some(({ priority }) => priority <= failOn);
  return [
    ...(stats.fixed > 0 ? [`Fixed ${count(stats.fixed, 'finding')} in ${count(stats.filesFixed, 'file')}.`] : []),
    total,
    ...(safe > 0 ? [`${count(safe, 'finding')} can be fixed with "airworthy check --fix".`] : []),
    ...(leftOut.length > 0 ? wrap(`Left out: ${leftOut.join(', ')}.`, width).map((line) => colors.dim(line)) : []),
    ...(findings.length > 0 ? [colors.dim('"airworthy explain <rule>" tells why a rule matters and what to do.')] : []),
    ...(isFailed
      ? [colors.red(`Failed: there are findings of priority ${failOn === 'P0' ? 'P0' : `${failOn} or higher`}.`)]
      : []),
    ...(report.troubles.length > 0
      ? [colors.yellow('Not everything could be analysed; see the lines marked with "!".')]
      : []),
  ];
}

const LEFT_OUT: Readonly<Record<LeftOutKind, readonly [string, string]>> = {
  excluded: ['excluded file', 'excluded files'],
  ignored: ['git-ignored file', 'git-ignored files'],
  ignoredFolders: ['git-ignored folder', 'git-ignored folders'],
  vendoredFolders: ['folder of tools or packages', 'folders of tools or packages'],
  links: ['link', 'links'],
  generated: ['generated file', 'generated files'],
  minified: ['minified file', 'minified files'],
  binary: ['binary file', 'binary files'],
  tooLarge: ['too large file', 'too large files'],
  unsupported: ['file of another kind', 'files of another kind'],
};

function leftOutText(kind: LeftOutKind, { stats }: Report): string {
  const number = stats.leftOut[kind];
  const [one, many] = LEFT_OUT[kind];
  return `${number} ${number === 1 ? one : many}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

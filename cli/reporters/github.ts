import type { Priority } from '#engine/api/finding.ts';
import type { Reporter } from './reporter.ts';

const LEVELS: Readonly<Record<Priority, string>> = { P0: 'error', P1: 'warning', P2: 'notice', P3: 'notice' };

/** Workflow commands that GitHub Actions turns into annotations on the changed lines. */
export const github: Reporter = ({ findings, configProblems }) => {
  const lines = [
    ...configProblems.map((problem) => command('error', 'airworthy configuration', problem, problem.message)),
    ...findings.map((finding) =>
      command(LEVELS[finding.priority], `${finding.priority} ${finding.rule}`, finding, finding.message),
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
};

interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

function command(level: string, title: string, place: Place, message: string): string {
  const properties = {
    file: place.path,
    line: place.line,
    endLine: place.endLine,
    // Columns are only understood within one line; GitHub's end column is inclusive.
    ...(place.line === place.endLine && { col: place.column, endColumn: Math.max(place.column, place.endColumn - 1) }),
    title,
  };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${level} ${list.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

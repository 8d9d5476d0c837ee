import table from './nodeReleases.json' with { type: 'json' };

interface NodeLine {
  readonly major: number;
  /** The day after which nothing is mended any more, `YYYY-MM-DD`. */
  readonly end: string;
  readonly lts?: string;
  readonly codename?: string;
}

const lines: readonly NodeLine[] = table.lines;

/** When a line of Node ended, as the table knew it; `undefined` for lines that are maintained or not known. */
export function endOfNode(major: number): string | undefined {
  const line = lines.find((each) => each.major === major);
  return line !== undefined && line.end < table.asOf ? line.end : undefined;
}

/** The newest line with long-term support on the day of the table. */
export const currentLts: number = Math.max(
  ...lines.filter(({ lts }) => lts !== undefined && lts <= table.asOf).map(({ major }) => major),
);

/** The line that `lts/hydrogen` and the like name. */
export function majorOfCodename(codename: string): number | undefined {
  return lines.find((line) => line.codename === codename.toLowerCase())?.major;
}

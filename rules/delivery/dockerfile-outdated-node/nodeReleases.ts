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

/** Lines with long-term support on the day of the table. */
const supported: readonly number[] = lines
  .filter(({ lts, end }) => lts !== undefined && lts <= table.asOf && end >= table.asOf)
  .map(({ major }) => major);

/** The newest line with long-term support on the day of the table. */
export const currentLts: number = Math.max(...supported);

/** Lines from this one on come without Corepack, and their images from the next one on without Yarn: with npm alone. */
const NPM_ALONE = 25;

/** The newest of these lines whose images bring Yarn and Corepack; `undefined` when they all have ended. */
export const ltsWithYarn: number | undefined = supported.findLast((major) => major < NPM_ALONE);

/** The line that `lts/hydrogen` and the like name. */
export function majorOfCodename(codename: string): number | undefined {
  return lines.find((line) => line.codename === codename.toLowerCase())?.major;
}

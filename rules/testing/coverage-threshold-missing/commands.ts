import type { Span } from '#api';
import type { Metric, Runner } from './thresholds.ts';

/** What a script of package.json has to do with coverage. */
export interface CommandFacts {
  readonly runner: Runner | undefined;
  /** The file that it names as the configuration of the runner. */
  readonly config: string | undefined;
  /** It asks for a coverage itself. */
  readonly isBarSet: boolean;
  readonly thresholds: readonly { readonly metric: Metric; readonly value: number; readonly span: Span }[];
}

const RUNNERS: readonly (readonly [Runner, RegExp])[] = [
  ['nyc', /(?:^|[\s/"'])nyc\s/],
  ['c8', /(?:^|[\s/"'])c8\s/],
  ['Jest', /(?:^|[\s/"'])jest(?:\.js)?(?=$|[\s"'])|\b(?:react-scripts|react-app-rewired|craco|tsdx)\s+test\b/],
  ['Vitest', /(?:^|[\s/"'])vitest(?=$|[\s"'])/],
];

const ASKS =
  /--check-coverage\b|\bc8\b.*\s--100\b|--coverageThreshold\b|--coverage\.(?:thresholds|lines|statements|functions|branches|100)\b|--test-coverage-(?:lines|functions|branches)\b|\bcheck-coverage\b/;
/** `--lines 70` of nyc and c8, `--coverage.thresholds.lines=70` of Vitest. */
const THRESHOLD =
  /--(?:coverage\.(?:thresholds\.)?)?(lines|statements|functions|branches)(?:=|\s+)(\d{1,3}(?:\.\d+)?)(?=$|[\s"'])/g;
/** `--config=jest.json` of Jest and Vitest, `--nycrc-path` of nyc. */
const CONFIG = /\s(?:--config|-c|--nycrc-path)(?:=|\s+)(?:\\?["'])?([^\s"'\\]+)/;
/** Longer texts are data, not commands. */
const MAX_COMMAND = 20_000;
/** Other things that runners of tests do. */
const OTHER_RUN = /\bbench\b|e2e|--clearCache|--init\b|typecheck/;

/** Reads a command where it is written: `start` is the offset of its text in the document. */
export function readCommand(name: string, command: string, start: number): CommandFacts {
  if (command.length > MAX_COMMAND) return { runner: undefined, config: undefined, isBarSet: false, thresholds: [] };
  const runner = OTHER_RUN.test(`${name} ${command}`) ? undefined : RUNNERS.find(([, test]) => test.test(command))?.[0];
  const isBarSet = ASKS.test(command);
  const thresholds = [...(isBarSet ? command.matchAll(THRESHOLD) : [])].map((match) => ({
    metric: match[1] as Metric,
    value: Number(match[2]),
    span: { start: start + match.index, end: start + match.index + match[0].length },
  }));
  const config = runner && CONFIG.exec(command)?.[1];
  return { runner, config, isBarSet, thresholds };
}

import type { Span } from '#api';
import type { Metric, Runner } from './thresholds.ts';

/** What a script of package.json has to do with coverage. */
export interface CommandFacts {
  readonly runner: Runner | undefined;
  /** Files that it names as configurations of runners and coverage tools, from the folder of the package. */
  readonly configs: readonly string[];
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
/** Programs that take the name of a configuration, with their arguments. */
const PROGRAM = /(?:^|[\s/"'])(c8|nyc|jest(?:\.js)?|vitest)(?=\s)(?=([^&|;\n]*))/g;
/** `c8 -c config/c8.json`, `jest --config=jest.json`; what begins with a brace is a configuration itself. */
const CONFIG = /\s(?:-c|--config)(?:=|\s+)(?:\\?["'])?([^\s"'\\{]+)/;
const NYC_CONFIG = /\s--nycrc-path(?:=|\s+)(?:\\?["'])?([^\s"'\\{]+)/;
/** What c8 runs: arguments behind it are not its own. */
const INNER_COMMAND =
  /\s(?:\S*\/)?(?:_?mocha|ts-mocha|node|npm|npx|yarn|pnpm|bun|tsx|ts-node|jest|vitest|ava|tap|tape|jasmine|uvu|cucumber-js)\s.*/;
/** Longer texts are data, not commands. */
const MAX_COMMAND = 20_000;
/** Other things that runners of tests do. */
const OTHER_RUN = /\bbench\b|e2e|--clearCache|--init\b|typecheck/;

/** Reads a command where it is written: `start` is the offset of its text in the document. */
export function readCommand(name: string, command: string, start: number): CommandFacts {
  if (command.length > MAX_COMMAND) return { runner: undefined, configs: [], isBarSet: false, thresholds: [] };
  const runner = OTHER_RUN.test(`${name} ${command}`) ? undefined : RUNNERS.find(([, test]) => test.test(command))?.[0];
  const isBarSet = ASKS.test(command);
  const thresholds = [...(isBarSet ? command.matchAll(THRESHOLD) : [])].map((match) => ({
    metric: match[1] as Metric,
    value: Number(match[2]),
    span: { start: start + match.index, end: start + match.index + match[0].length },
  }));
  return { runner, configs: runner === undefined ? [] : configsIn(command), isBarSet, thresholds };
}

function configsIn(command: string): readonly string[] {
  return [...command.matchAll(PROGRAM)].flatMap(([, program, behind = '']) => {
    const own = program === 'c8' ? behind.replace(INNER_COMMAND, '') : behind;
    return (program === 'nyc' ? NYC_CONFIG : CONFIG).exec(own)?.[1] ?? [];
  });
}

import { type PlainText, trimRange } from './plain.ts';
import { oneLine } from './titles.ts';

/** A gate at a range of a plain text. */
export interface FoundGate {
  readonly command: string | undefined;
  readonly expected: string;
  readonly start: number;
  readonly end: number;
}

/** Programs that a line has to begin with to be a command. A capital or another word makes it a description. */
const PROGRAM =
  /^(?:[A-Z_]{2,}=\S+ )*(?:npm|npx|pnpm|yarn|bunx?|node|deno|tsc|tsx|jest|vitest|mocha|eslint|biome|prettier|docker|docker-compose|podman|kubectl|helm|terraform|make|just|go|cargo|python3?|pip3?|pytest|ruff|mypy|mvn|gradle|dotnet|git|gh|curl|wget|bash|sh|act|k6|artillery|playwright|cypress|trivy|snyk|grype|semgrep|gitleaks|psql|prisma|turbo|nx|lerna|\.{1,2}\/[\w./-]+)(?=\s|$)/;
/** Programs that mean something without arguments; others are only named. */
const ALONE = /\s|^(?:make|pytest|tsc|jest|vitest|mocha|eslint|mypy|ruff|cypress|\.{1,2}\/.*)$/;
/** What is replaced by something else has an arrow behind it too. */
const REPLACED = /\b(?:replace|change|rename|upgrade|update|migrate|switch|convert|move|turn)\b/i;
const ARROW = /\s*(?:→|⇒|➜|->|=>)\s*/;
const VERB =
  /\s+(?=(?:succeeds?|pass(?:es)?|exits?|returns?|finish(?:es)?|reports?|shows?|prints?|must|should|is|has to)\b)/;
const RUN = /^(?:run|execute)\s*:?\s+/i;

function isCommand(text: string): boolean {
  return PROGRAM.test(text) && ALONE.test(text);
}

/** What a command takes in quotes, like `-e "() => 1"`. An apostrophe inside a word begins none. */
const QUOTED = /(?<=[\s=])(["'])(?:(?!\1).)*\1/g;

/** Where the command ends and what it has to show begins. */
function divide(text: string): { command: string; expected: string } {
  const unquoted = text.replace(QUOTED, (quoted) => '"'.repeat(quoted.length));
  for (const pattern of [ARROW, VERB]) {
    const match = pattern.exec(unquoted);
    if (match !== null && match.index > 0) {
      return { command: text.slice(0, match.index).trim(), expected: text.slice(match.index + match[0].length).trim() };
    }
  }
  return { command: text.trim(), expected: '' };
}

/** The gate in a cell or field that is about verification. What is no command is a description for a person. */
export function gateIn(plain: PlainText, start = 0, end = plain.text.length): FoundGate | undefined {
  const range = trimRange(plain.text, start, end);
  const text = oneLine(plain.text.slice(range.start, range.end));
  if (!/[\p{L}\d]/u.test(text)) return undefined;
  const { command, expected } = divide(text.replace(RUN, ''));
  if (!isCommand(command)) return { command: undefined, expected: text, ...range };
  return { command, expected, ...range };
}

/** A command in code with what it has to show behind it, in an item's own line: "`npm run lint` → 0 errors". */
export function gateInLine(plain: PlainText, start: number, end: number): FoundGate | undefined {
  for (const code of plain.code) {
    if (code.start < start || code.end > end || REPLACED.test(plain.text.slice(start, code.start))) continue;
    const command = plain.text.slice(code.start, code.end).trim();
    const rest = plain.text.slice(code.end, end);
    const behind =
      /^\s*(?:→|⇒|➜|->|=>)\s*|^\s+(?=(?:succeeds?|pass(?:es)?|exits?|returns?|finish(?:es)?|reports?|shows?|prints?|is green)\b)/.exec(
        rest,
      );
    if (behind === null || !isCommand(command)) continue;
    return {
      command,
      expected: oneLine(rest.slice(behind[0].length)),
      start: code.start,
      end: trimRange(plain.text, code.end, end).end,
    };
  }
  return undefined;
}

import type { Priority } from '../api/finding.ts';
import type { ItemStatus } from './model.ts';

/** Follows a character that is also a text symbol, to ask for its picture: ⚠ + this = ⚠️. */
const EMOJI_STYLE = '\ufe0f';
/** Follows a digit to put it on a key: 3️⃣. */
export const KEYCAP = '\u20e3';

/** Pictures that say a status at the start of a list line, at the end of a heading, in a field or in a cell. */
const MARKS: ReadonlyMap<string, ItemStatus> = new Map([
  ['✅', 'done'],
  ['✔', 'done'],
  ['☑', 'done'],
  ['✓', 'done'],
  ['❌', 'open'],
  ['✖', 'open'],
  ['✗', 'open'],
  ['✘', 'open'],
  ['☐', 'open'],
  ['⬜', 'open'],
  ['🔲', 'open'],
  ['⚠', 'attention'],
  ['🔄', 'inProgress'],
  ['🚧', 'inProgress'],
  ['🏗', 'inProgress'],
  ['⏳', 'waiting'],
  ['⌛', 'waiting'],
  ['⏸', 'waiting'],
  ['⏭', 'dropped'],
]);

/** Pictures that say a status only where a status is expected; elsewhere they are priorities or decoration. */
const STATUS_ONLY: ReadonlyMap<string, ItemStatus> = new Map([
  ['🟢', 'done'],
  ['🟡', 'inProgress'],
  ['🟠', 'inProgress'],
  ['🔴', 'open'],
  ['⚪', 'open'],
  ['⛔', 'waiting'],
  ['🚫', 'dropped'],
  ['➖', 'dropped'],
]);

/** Circles and squares that say a priority, where no word beside them says another. */
export const priorityCircles: ReadonlyMap<string, Priority> = new Map([
  ['🔴', 'P0'],
  ['🟥', 'P0'],
  ['🟠', 'P1'],
  ['🟧', 'P1'],
  ['🟡', 'P1'],
  ['🟨', 'P1'],
  ['🟢', 'P2'],
  ['🟩', 'P2'],
  ['🔵', 'P3'],
  ['⚪', 'P3'],
]);

/** What stands for the opposite when a mark is toggled. Whoever ticks ⚠️ or ⏳ means that it is done. */
const OPPOSITES: ReadonlyMap<string, string> = new Map([
  ['✅', '❌'],
  ['❌', '✅'],
  ['✔', '✖'],
  ['✖', '✔'],
  ['✓', '✗'],
  ['✗', '✓'],
  ['✘', '✔'],
  ['☑', '☐'],
  ['☐', '☑'],
  ['⬜', '✅'],
  ['🔲', '✅'],
  ['⚠', '✅'],
  ['🔄', '✅'],
  ['🚧', '✅'],
  ['🏗', '✅'],
  ['⏳', '✅'],
  ['⌛', '✅'],
  ['⏸', '✅'],
]);

/** The pictures that are looked for where a wrong character set has lost bytes for good. */
export const knownSymbols: readonly string[] = [
  ...new Set([...MARKS.keys(), ...STATUS_ONLY.keys(), ...priorityCircles.keys(), EMOJI_STYLE, KEYCAP, '█', '░']),
];

/** A status picture at a place of a text. */
export interface StatusSymbol {
  /** Without the character that asks for its picture. */
  readonly symbol: string;
  /** With it. */
  readonly length: number;
  readonly status: ItemStatus;
  /** What a toggle would put there; `undefined` where nothing is its opposite. */
  readonly opposite: string | undefined;
}

/** The status picture at an offset. `expected`: a status has to stand there, so that coloured circles are one. */
export function symbolAt(text: string, offset: number, expected = false): StatusSymbol | undefined {
  const code = text.codePointAt(offset);
  if (code === undefined || code < 0x2300) return undefined;
  const symbol = String.fromCodePoint(code);
  const status = MARKS.get(symbol) ?? (expected ? STATUS_ONLY.get(symbol) : undefined);
  if (status === undefined) return undefined;
  const styled = text[offset + symbol.length] === EMOJI_STYLE;
  const opposite = OPPOSITES.get(symbol);
  // ✔️ and ✖️ keep their style, so that toggling twice gives the same characters.
  const keepsStyle = styled && opposite !== undefined && OPPOSITES.get(opposite) === symbol;
  return {
    symbol,
    length: symbol.length + (styled ? 1 : 0),
    status,
    opposite: opposite === undefined ? undefined : opposite + (keepsStyle ? EMOJI_STYLE : ''),
  };
}

import type { Span } from '../api/finding.ts';
import { byteOf, charsets, damage } from './codePages.ts';
import type { Mojibake } from './model.ts';
import { knownSymbols } from './symbols.ts';

/** A text with its damaged symbols put right, and the way back to the text as it is. */
export interface RepairedText {
  readonly text: string;
  /** Span of the original text behind a span of the repaired one. */
  original(span: Span): Span;
  /** How the symbol at an offset of the repaired text was damaged. */
  damageAt(offset: number): Mojibake | undefined;
}

interface Repair {
  /** Offset and length in the repaired text. */
  readonly start: number;
  readonly length: number;
  /** Offset and length in the original. */
  readonly from: number;
  readonly width: number;
  readonly charset: Mojibake;
}

interface Found {
  readonly symbol: string;
  readonly width: number;
  readonly charset: Mojibake;
}

const LEADS = [0xe2, 0xef, 0xf0];

/** Every way in which a damaged symbol may have lost characters that have no picture. */
function remains(symbol: string, charset: Mojibake): string[] {
  let forms = [''];
  for (const char of damage(symbol, charset)) {
    const control = /[\u0080-\u009f\uf8ff]/.test(char);
    const also = char === '\u00a0' ? ' ' : control ? '' : undefined;
    forms = forms.flatMap((form) => (also === undefined ? [form + char] : [form + char, form + also]));
  }
  return forms.filter((form) => form.length > 1);
}

/** Damaged forms of known symbols by their first character, longest first. */
const FORMS: ReadonlyMap<string, readonly (Found & { readonly form: string })[]> = (() => {
  const forms = new Map<string, (Found & { form: string })[]>();
  for (const symbol of knownSymbols)
    for (const charset of charsets)
      for (const form of remains(symbol, charset)) {
        const list = forms.get(form[0] ?? '') ?? [];
        list.push({ form, symbol, charset, width: form.length });
        forms.set(form[0] ?? '', list);
      }
  for (const list of forms.values()) list.sort((a, b) => b.form.length - a.form.length);
  return forms;
})();

const LEAD = new RegExp(`[${[...FORMS.keys(), 'â', 'ï', 'ð', '‚', 'Ô', '\uf8ff'].join('')}]`, 'g');

/** Punctuation, arrows, box drawing and pictures: what people do not spell out of accented letters by chance. */
function isSymbol(code: number): boolean {
  return (
    (code >= 0x2000 && code <= 0x2bff) ||
    code === 0xfe0f ||
    (code >= 0x1f000 && code <= 0x1faff) ||
    (code >= 0x3000 && code <= 0x303f)
  );
}

/** Reads the characters from an offset on as UTF-8 bytes. */
function decodeAt(text: string, offset: number): Found | undefined {
  for (const charset of charsets) {
    const lead = byteOf(text.charCodeAt(offset), charset);
    if (lead === undefined || !LEADS.includes(lead)) continue;
    const width = lead === 0xf0 ? 4 : 3;
    let code = lead & (width === 4 ? 0x07 : 0x0f);
    for (let index = 1; index < width; index++) {
      const byte = byteOf(text.charCodeAt(offset + index), charset);
      if (byte === undefined || byte > 0xbf) {
        code = -1;
        break;
      }
      code = (code << 6) | (byte & 0x3f);
    }
    if (isSymbol(code)) return { symbol: String.fromCodePoint(code), width, charset };
  }
  const form = FORMS.get(text[offset] ?? '')?.find((candidate) => text.startsWith(candidate.form, offset));
  return form;
}

/** Puts symbols right that were saved through a wrong character set: `âœ…` and `‚úÖ` become ✅. Other text stays. */
export function repair(text: string): RepairedText {
  const repairs: Repair[] = [];
  const parts: string[] = [];
  let kept = 0;
  let length = 0;
  LEAD.lastIndex = 0;
  for (let match = LEAD.exec(text); match !== null; match = LEAD.exec(text)) {
    const found = decodeAt(text, match.index);
    if (found === undefined) continue;
    parts.push(text.slice(kept, match.index), found.symbol);
    length += match.index - kept;
    repairs.push({
      start: length,
      length: found.symbol.length,
      from: match.index,
      width: found.width,
      charset: found.charset,
    });
    length += found.symbol.length;
    kept = match.index + found.width;
    LEAD.lastIndex = kept;
  }
  if (repairs.length === 0) return { text, original: (span) => span, damageAt: () => undefined };
  parts.push(text.slice(kept));

  /** The last repair that begins at or before an offset. */
  const before = (offset: number): Repair | undefined => {
    let low = 0;
    let high = repairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((repairs[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return repairs[low - 1];
  };
  const back = (offset: number): number => {
    const last = before(offset);
    if (last === undefined) return offset;
    if (offset === last.start) return last.from;
    return last.from + last.width + Math.max(0, offset - last.start - last.length);
  };
  return {
    text: parts.join(''),
    original: ({ start, end }) => ({ start: back(start), end: back(end) }),
    damageAt: (offset) => {
      const last = before(offset);
      return last !== undefined && offset < last.start + last.length ? last.charset : undefined;
    },
  };
}

import type { Mojibake } from './model.ts';

/** What the bytes 0x80 to 0xFF mean. Bytes that windows-1252 leaves open are control characters, as browsers read them. */
const PAGES: Readonly<Record<Mojibake, string>> = {
  'windows-1252':
    '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ' +
    '\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ',
  'mac-roman':
    'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü' +
    '†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›\ufb01\ufb02‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ',
};

export const charsets = Object.keys(PAGES) as readonly Mojibake[];

const BYTES = new Map(
  charsets.map((charset) => [
    charset,
    new Map(Array.from(PAGES[charset], (char, index) => [char.charCodeAt(0), index + 0x80])),
  ]),
);

/** The byte that a UTF-16 code stands for in a character set, when it is one from 0x80 up. */
export function byteOf(code: number, charset: Mojibake): number | undefined {
  return BYTES.get(charset)?.get(code);
}

/** The bytes of a text in UTF-8. */
function utf8(text: string): number[] {
  return Array.from(text).flatMap((char) => {
    const code = char.codePointAt(0) ?? 0;
    const tail = (shift: number) => 0x80 | ((code >> shift) & 0x3f);
    if (code < 0x80) return [code];
    if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
    if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)];
    return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
  });
}

/** What is left of a text whose UTF-8 bytes were read as another character set. */
export function damage(text: string, charset: Mojibake): string {
  return utf8(text)
    .map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : (PAGES[charset][byte - 0x80] ?? '')))
    .join('');
}

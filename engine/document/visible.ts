// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
const DANGEROUS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/g;

/**
 * Makes control characters visible. Source code and file names come from anywhere: unfiltered they could rewrite the
 * screen of whoever reads the report, or show code in another order than it runs in.
 */
export function visible(text: string): string {
  return text.replace(DANGEROUS, (char) => `\\u{${char.charCodeAt(0).toString(16)}}`);
}

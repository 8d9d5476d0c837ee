import { visible } from '#engine/document/visible.ts';
import { ruleUrl } from '#protocol/links.ts';

/** Characters of one text that a report shows. Titles and messages are sentences; what is longer was made by a machine. */
const MAX_TEXT = 1000;

/** One line of a text from anywhere: control characters made visible, blanks joined, and cut when it is very long. */
export function oneLine(text: string): string {
  const cut = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return visible(wellFormed(cut).replace(/\s+/g, ' ').trim());
}

/** Halves of a character cannot be written as UTF-8 or in a URL. */
export function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udfff]/gu, '\ufffd');
}

/** `1 finding`, `2 findings`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** `2026-03-01 14:05 UTC`; the text itself when it is no time. */
export function shownTime(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? oneLine(at) : `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The web page of a rule. Findings may name rules that this version does not know. */
export function ruleLink(rule: string): string {
  return ruleUrl(encoded(rule));
}

export function encoded(path: string): string {
  return wellFormed(path).split('/').map(encodeURIComponent).join('/');
}

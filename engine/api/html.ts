import { html } from '../formats/html.ts';
import type { HtmlDocument } from '../formats/types.ts';

/** Reads markup that stands in a string or template. Never throws; offsets are those of the text. */
export function parseHtml(text: string): HtmlDocument {
  const document = html.parse(text);
  if (document.language !== 'html') throw new Error('The HTML adapter answered with another language.');
  return document;
}

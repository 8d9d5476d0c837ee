import type { PhrasingContent } from 'mdast';
import type { Span } from '../api/finding.ts';

/** Words without their Markdown, and where each character of them stands in the source. */
export interface PlainText {
  readonly text: string;
  /** Source offset of each character, and of the end. */
  readonly offsets: readonly number[];
  /** Ranges of the plain text that are code. */
  readonly code: readonly Span[];
  /** Ranges that are bold. */
  readonly strong: readonly Span[];
  /** Links with the range of their words, and the span of the target in the source. */
  readonly links: readonly (Span & { readonly url: string; readonly target: Span })[];
  /** Comments and other HTML, as spans of the source. */
  readonly html: readonly Span[];
}

/** Source span of a range of a plain text. */
export function sourceSpan(plain: PlainText, start: number, end: number): Span {
  const from = plain.offsets[start] ?? 0;
  if (end <= start) return { start: from, end: from };
  return { start: from, end: (plain.offsets[end - 1] ?? from) + 1 };
}

export function insideAny(ranges: readonly Span[], offset: number): boolean {
  return ranges.some((range) => range.start <= offset && offset < range.end);
}

/** Source offsets of the characters of a text node, which escapes, entities and line breaks make shorter than its source. */
function align(value: string, source: string, start: number, end: number): number[] {
  const offsets: number[] = [];
  let at = start;
  for (const char of value.split('')) {
    if (source[at] !== char && source[at] === '\\') at++;
    const line = char === '\n';
    while (at < end && source[at] !== char && /[ \t>\r]/.test(source[at] ?? '')) at++;
    offsets.push(Math.min(at, end));
    if (source[at] === char || line) at++;
    else if (source[at] === '&') {
      const semicolon = source.indexOf(';', at);
      at = semicolon < 0 || semicolon >= end ? at + 1 : semicolon + 1;
    } else at++;
  }
  return offsets;
}

/** Takes the Markdown off the content of a paragraph, heading or cell. */
export function flatten(nodes: readonly PhrasingContent[], source: string): PlainText {
  const parts: string[] = [];
  const offsets: number[] = [];
  const code: Span[] = [];
  const strong: Span[] = [];
  const links: (Span & { url: string; target: Span })[] = [];
  const html: Span[] = [];
  const add = (value: string, places: readonly number[]) => {
    parts.push(value);
    for (const place of places) offsets.push(place);
  };
  let last = 0;
  const visit = (node: PhrasingContent): void => {
    const start = node.position?.start.offset ?? last;
    const end = node.position?.end.offset ?? start;
    const from = offsets.length;
    switch (node.type) {
      case 'text':
        add(node.value, align(node.value, source, start, end));
        break;
      case 'inlineCode': {
        const found = source.slice(start, end).indexOf(node.value);
        const at = found < 0 ? start + 1 : start + found;
        add(
          node.value,
          Array.from({ length: node.value.length }, (_, index) => at + index),
        );
        code.push({ start: from, end: offsets.length });
        break;
      }
      case 'break':
        add('\n', [start]);
        break;
      case 'html':
        html.push({ start, end });
        break;
      case 'strong':
      case 'emphasis':
      case 'delete':
      case 'link':
      case 'linkReference':
        node.children.forEach(visit);
        if (node.type === 'strong') strong.push({ start: from, end: offsets.length });
        if (node.type === 'link') {
          const at = source.slice(start, end).lastIndexOf(node.url);
          const target = at < 0 ? { start, end } : { start: start + at, end: start + at + node.url.length };
          links.push({ start: from, end: offsets.length, url: node.url, target });
        }
        break;
    }
    last = end;
  };
  nodes.forEach(visit);
  offsets.push(last);
  return { text: parts.join(''), offsets, code, strong, links, html };
}

/** A line of text that is not Markdown, as a plain text. */
export function plainLine(source: string, start: number, end: number): PlainText {
  return {
    text: source.slice(start, end),
    offsets: Array.from({ length: end - start + 1 }, (_, index) => start + index),
    code: [],
    strong: [],
    links: [],
    html: [],
  };
}

/** A range of a plain text without blanks around it. */
export function trimRange(text: string, start: number, end: number): Span {
  let from = start;
  let to = end;
  while (from < to && /\s/.test(text[from] ?? '')) from++;
  while (to > from && /\s/.test(text[to - 1] ?? '')) to--;
  return { start: from, end: to };
}

import type { Terminal } from '../terminal.ts';
import { wrap } from './wrap.ts';

/** Markdown as a terminal shows it: headings stand out, prose is wrapped, code is indented and left alone. */
export function renderMarkdown(text: string, { width, colors }: Pick<Terminal, 'width' | 'colors'>): readonly string[] {
  const lines: string[] = [];
  let paragraph: string[] = [];
  let fence: string | undefined;
  const flush = (): void => {
    if (paragraph.length > 0) lines.push(...proseLines(paragraph.join(' '), width).map(inline));
    paragraph = [];
  };
  const inline = (line: string) =>
    line.replace(/`([^`]+)`/g, (_, code: string) => colors.cyan(code)).replaceAll('**', '');
  for (const line of text.trimEnd().split(/\r?\n/)) {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) fence = undefined;
      else lines.push(`    ${line}`.trimEnd());
    } else if (mark !== undefined) {
      flush();
      fence = mark;
    } else if (/^#{1,6} /.test(line)) {
      flush();
      lines.push(colors.bold(line.replace(/^#+ /, '')));
    } else if (line.trim() === '' || /^\s*(?:[-*|>]|\d+\.) ?/.test(line)) {
      flush();
      if (line.trim() === '') lines.push('');
      else paragraph.push(line);
    } else {
      paragraph.push(paragraph.length === 0 ? line : line.trim());
    }
  }
  flush();
  // A heading's own blank lines and those around code would add up.
  return lines.filter((line, index) => line !== '' || (index > 0 && lines[index - 1] !== ''));
}

/** Wraps, with continued lines of list items under their text; table rows stay whole. */
function proseLines(text: string, width: number): readonly string[] {
  if (text.startsWith('|')) return [text];
  const indent = /^\s*(?:[-*>]|\d+\.) /.exec(text)?.[0].length ?? 0;
  const [first = '', ...rest] = wrap(text.slice(indent), width - indent);
  return [text.slice(0, indent) + first, ...rest.map((line) => ' '.repeat(indent) + line)];
}

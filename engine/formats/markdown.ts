import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { Span } from '../api/finding.ts';
import { ProblemList } from './limits.ts';
import { guardMarkdown } from './markdownGuard.ts';
import type { FormatAdapter, MarkdownDocument } from './types.ts';

const OPTIONS = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };

/** Calls a function for each node, parents first, without recursion. */
function walk(root: Root, visit: (node: Nodes) => void): void {
  const pending: Nodes[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    visit(node);
    if ('children' in node)
      for (let index = node.children.length - 1; index >= 0; index--) pending.push(node.children[index] as Nodes);
  }
}

/** The parser drops a byte order mark without counting it. */
function shift(root: Root): void {
  walk(root, ({ position }) => {
    for (const point of position === undefined ? [] : [position.start, position.end]) {
      if (point.offset === undefined) continue;
      point.offset++;
      if (point.line === 1) point.column++;
    }
  });
  if (root.position !== undefined) root.position.start = { line: 1, column: 1, offset: 0 };
}

/** `<!-- -->` in HTML nodes; a node may hold several, or other markup around them. */
function commentsOf(root: Root, text: string): Span[] {
  const comments: Span[] = [];
  walk(root, (node) => {
    if (node.type !== 'html') return;
    const end = node.position?.end.offset ?? 0;
    let from = node.position?.start.offset ?? 0;
    for (;;) {
      const open = text.indexOf('<!--', from);
      if (open < 0 || open >= end) return;
      const close = text.indexOf('-->', open + 4);
      from = close < 0 || close + 3 > end ? end : close + 3;
      comments.push({ start: open, end: from });
    }
  });
  return comments;
}

function parse(text: string): MarkdownDocument {
  const problems = new ProblemList(text.length);
  let root: Root = { type: 'root', children: [] };
  try {
    root = fromMarkdown(guardMarkdown(text, problems), OPTIONS);
    if (text.charCodeAt(0) === 0xfeff) shift(root);
  } catch (error) {
    problems.add(
      0,
      text.length,
      `This Markdown cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return { language: 'markdown', text, problems: problems.items, comments: commentsOf(root, text), root };
}

/** CommonMark with GitHub's tables, task lists, footnotes, strike-through and links. */
export const markdown: FormatAdapter = { language: 'markdown', parse };

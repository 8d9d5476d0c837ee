import type { Span } from '../api/finding.ts';
import { ts } from '../ts.ts';

/** Where a node's own text begins; in JSX text the blanks belong to it. */
function ownStart(node: ts.Node, file: ts.SourceFile): number {
  return node.kind === ts.SyntaxKind.JsxText ? node.pos : node.getStart(file);
}

/**
 * The comment around an offset of source code; `undefined` where the offset lies in a string, a template, JSX text or
 * code. Finds the innermost node by its range, and looks at the text between its children: there are only punctuation,
 * keywords and comments.
 */
export function commentAt(file: ts.SourceFile, offset: number): Span | undefined {
  let node: ts.Node = file;
  let before = 0;
  for (;;) {
    before = node.pos;
    const child: ts.Node | undefined = ts.forEachChild(node, (candidate) => {
      if (candidate.pos <= offset && offset < candidate.end) return candidate;
      if (candidate.end <= offset) before = candidate.end;
      return undefined;
    });
    if (child === undefined) break;
    node = child;
  }
  const isToken = node.kind <= ts.SyntaxKind.LastToken;
  if (isToken && offset >= ownStart(node, file)) return undefined;
  return commentIn(file.text, before, offset);
}

/** Walks over blanks, punctuation and keywords from `from` to the comment that holds `offset`. */
function commentIn(text: string, from: number, offset: number): Span | undefined {
  let at = from;
  while (at <= offset) {
    const line = text.startsWith('//', at);
    if (!line && !text.startsWith('/*', at)) {
      at++;
      continue;
    }
    const start = at;
    if (line) {
      while (at < text.length && !ts.isLineBreak(text.charCodeAt(at))) at++;
    } else {
      const close = text.indexOf('*/', at + 2);
      at = close < 0 ? text.length : close + 2;
    }
    if (offset < at) return { start, end: at };
  }
  return undefined;
}

/** The innermost node that begins before an offset and ends behind it. */
export function nodeAround(file: ts.SourceFile, offset: number): ts.Node {
  let node: ts.Node = file;
  for (;;) {
    const child: ts.Node | undefined = ts.forEachChild(node, (candidate) =>
      candidate.pos < offset && offset < candidate.end && ownStart(candidate, file) < offset ? candidate : undefined,
    );
    if (child === undefined) return node;
    node = child;
  }
}

import type { Nodes } from 'mdast';
import type { Span } from '../api/finding.ts';
import { commentAt, nodeAround } from '../document/commentAt.ts';
import type { DataNode, FormatDocument, HtmlElement, PrismaBlock } from '../formats/types.ts';
import { ts } from '../ts.ts';
import { lineEnd, type SuppressionSource } from './source.ts';

/**
 * Stretches of text over lines in which no comment can stand: templates, JSX text, heredocs, block scalars, tags. A
 * comment for something inside goes above the line on which the stretch begins, and covers all of it from there.
 */
export interface Blocks {
  /** Where the stretch around an offset begins; `undefined` where a comment can stand. */
  around(offset: number): number | undefined;
  /** Where the stretches that begin between two offsets end, if any ends behind them. */
  endOf(start: number, end: number): number;
}

export function blocksOf(source: SuppressionSource): Blocks {
  if (source.language === 'source') return source.file === undefined ? NONE : sourceBlocks(source.file);
  return source.document === undefined ? NONE : listedBlocks(formatBlocks(source.document));
}

const NONE: Blocks = { around: () => undefined, endOf: (_, end) => end };

function listedBlocks(spans: readonly Span[]): Blocks {
  return {
    around: (offset) => spans.find(({ start, end }) => start < offset && offset < end)?.start,
    endOf: (start, end) =>
      spans.reduce((last, span) => (span.start >= start && span.start <= end ? Math.max(last, span.end) : last), end),
  };
}

function formatBlocks(document: FormatDocument): readonly Span[] {
  const overLines = ({ start, end }: Span): boolean => document.text.slice(start, end).includes('\n');
  switch (document.language) {
    case 'yaml':
      return document.roots.flatMap((root) => scalarsOf(root)).filter(overLines);
    case 'dockerfile':
      return document.instructions.flatMap(({ span, heredocs }) => (heredocs.length > 0 ? [span] : []));
    case 'html':
      return [...document.comments, ...document.elements.flatMap(tagsOf)].filter(overLines);
    case 'markdown':
      return markdownBlocks(document.root);
    case 'dotenv':
      return document.entries.map(({ span }) => span).filter(overLines);
    case 'prisma':
      return [...document.comments, ...document.blocks.flatMap(membersOf)].filter(overLines);
    case 'ignore':
      return [];
    case 'shell':
      return document.lines.map(({ span }) => span).filter(overLines);
    case 'makefile':
      return document.blocks;
    case 'json':
      return document.comments.filter(overLines);
  }
}

function membersOf({ fields, attributes }: PrismaBlock): Span[] {
  return [...fields, ...attributes].map(({ span }) => span);
}

function scalarsOf(node: DataNode): Span[] {
  // What an alias stands for is written elsewhere, and seen there.
  if (node.definition !== undefined) return [];
  if (node.kind === 'scalar') return [node.span];
  if (node.kind === 'array') return node.items.flatMap(scalarsOf);
  return node.entries.flatMap((entry) =>
    entry.merged ? [] : [entry.keySpan, ...(entry.value === undefined ? [] : scalarsOf(entry.value))],
  );
}

const RAW_TEXT = new Set(['iframe', 'noembed', 'noframes', 'plaintext', 'script', 'style', 'textarea', 'title', 'xmp']);

function tagsOf(element: HtmlElement): Span[] {
  return [RAW_TEXT.has(element.name) ? element.outerSpan : element.span, ...element.children.flatMap(tagsOf)];
}

/** Code, HTML and link definitions: in all other text a comment can stand at the end of a line. */
const MARKDOWN_BLOCKS: ReadonlySet<string> = new Set(['code', 'html', 'definition']);

function markdownBlocks(node: Nodes): Span[] {
  if (MARKDOWN_BLOCKS.has(node.type)) {
    const { start, end } = node.position ?? {};
    return start?.offset === undefined || end?.offset === undefined ? [] : [{ start: start.offset, end: end.offset }];
  }
  return 'children' in node ? node.children.flatMap(markdownBlocks) : [];
}

function sourceBlocks(file: ts.SourceFile): Blocks {
  return {
    around(offset) {
      const comment = commentAt(file, offset);
      if (comment !== undefined && comment.start < offset) return comment.start;
      const node = nodeAround(file, offset);
      if (ts.isTemplateHead(node)) return node.parent.getStart(file);
      if (ts.isTemplateMiddleOrTemplateTail(node)) return node.parent.parent.getStart(file);
      if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) {
        const start = visibleStart(node, file);
        return start < offset && offset < visibleEnd(node, file) ? start : undefined;
      }
      return undefined;
    },
    endOf(start, end) {
      let last = end;
      const pending: ts.Node[] = [file];
      for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
        if (isBlock(node)) {
          const from = visibleStart(node, file);
          if (from >= start && from <= end) last = Math.max(last, visibleEnd(node, file));
        }
        ts.forEachChild(node, (child) => {
          if (child.pos <= end && child.end > start) pending.push(child);
        });
      }
      return last;
    },
  };
}

function isBlock(node: ts.Node): boolean {
  return (
    ts.isTemplateExpression(node) ||
    ts.isTemplateLiteralTypeNode(node) ||
    ts.isStringLiteralLike(node) ||
    ts.isJsxText(node)
  );
}

/** JSX text begins with its first visible character: above it a comment changes nothing. */
function visibleStart(node: ts.Node, file: ts.SourceFile): number {
  if (!ts.isJsxText(node)) return node.getStart(file);
  let at = node.pos;
  while (at < node.end && /\s/.test(file.text[at] ?? '')) at++;
  return at;
}

function visibleEnd(node: ts.Node, file: ts.SourceFile): number {
  if (!ts.isJsxText(node)) return node.end;
  let at = node.end;
  while (at > node.pos && /\s/.test(file.text[at - 1] ?? '')) at--;
  return at;
}

/** End of the last line that a comment covers when it stands above the line at `start`. */
export function coveredEnd(text: string, blocks: Blocks, start: number): number {
  let from = start;
  let end = lineEnd(text, start);
  for (;;) {
    const reached = lineEnd(text, blocks.endOf(from, end));
    if (reached <= end) return end;
    // On the line where one stretch ends another may begin.
    from = end;
    end = reached;
  }
}

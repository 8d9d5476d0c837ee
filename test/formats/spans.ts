import assert from 'node:assert/strict';
import type { Nodes } from 'mdast';
import type { Span } from '#engine/api/finding.ts';
import { parseFormat } from '#engine/formats/index.ts';
import type { DataNode, FormatDocument, FormatLanguage, HtmlElement } from '#engine/formats/types.ts';

/** Milliseconds on a busy machine that only quadratic work exceeds: without their guards these inputs take minutes. */
export const NO_HANG = 20_000;

/** A span and what lies inside it. */
export interface Nest {
  readonly span: Span;
  readonly inside: readonly Nest[];
}

const leaf = (span: Span): Nest => ({ span, inside: [] });

function dataNest(node: DataNode): Nest {
  // The content of an alias is written elsewhere.
  if (node.definition !== undefined) return leaf(node.span);
  if (node.kind === 'array') return { span: node.span, inside: node.items.map(dataNest) };
  if (node.kind === 'scalar') return leaf(node.span);
  const own = node.entries.filter((entry) => entry.merged === undefined);
  return {
    span: node.span,
    inside: own.map((entry) => ({
      span: entry.span,
      inside: [leaf(entry.keySpan), ...(entry.value === undefined ? [] : [dataNest(entry.value)])],
    })),
  };
}

function htmlNest(element: HtmlElement): Nest {
  const attributes = element.attributes.map((attribute) => ({
    span: attribute.span,
    inside: attribute.valueSpan === undefined ? [] : [leaf(attribute.valueSpan)],
  }));
  return {
    span: element.outerSpan,
    inside: [{ span: element.span, inside: attributes }, ...element.children.map(htmlNest)],
  };
}

/** Addresses that become links without brackets have no position; they stand where their parent does. */
function markdownNest(node: Nodes, within: Span): Nest {
  const { position } = node;
  const span = position ? { start: position.start.offset ?? -1, end: position.end.offset ?? -1 } : within;
  return { span, inside: 'children' in node ? node.children.map((child) => markdownNest(child, span)) : [] };
}

/** All spans of a document, nested as the format says. */
function nestsOf(document: FormatDocument): readonly Nest[] {
  const loose = [...document.problems, ...document.comments].map(leaf);
  switch (document.language) {
    case 'json':
    case 'yaml':
      return [...loose, ...document.roots.map(dataNest)];
    case 'dockerfile':
      return [
        ...loose,
        ...document.instructions.map((instruction) => ({
          span: instruction.span,
          inside: [
            leaf(instruction.keywordSpan),
            leaf(instruction.argumentSpan),
            ...instruction.flags.map((flag) => leaf(flag.span)),
            ...instruction.heredocs.map((heredoc) => leaf(heredoc.span)),
          ],
        })),
      ];
    case 'html':
      return [...loose, ...document.elements.map(htmlNest)];
    case 'markdown':
      return [...loose, markdownNest(document.root, { start: 0, end: document.text.length })];
    case 'dotenv':
      return [
        ...loose,
        ...document.entries.map((entry) => ({
          span: entry.span,
          inside: [leaf(entry.keySpan), leaf(entry.valueSpan)],
        })),
      ];
    case 'ignore':
      return [...loose, ...document.entries.map(({ span }) => leaf(span))];
    case 'shell':
      return [...loose, ...document.lines.map(({ span, heredocs }) => ({ span, inside: heredocs.map(leaf) }))];
    case 'makefile':
      return [
        ...[...loose, ...document.blocks.map(leaf)],
        ...[...document.variables, ...document.includes].map(({ span }) => leaf(span)),
        ...document.rules.map((rule) => ({ span: rule.span, inside: rule.recipe.map((line) => leaf(line.span)) })),
      ];
    case 'prisma':
      return [
        ...loose,
        ...document.blocks.map((block) => ({
          span: block.span,
          inside: [
            leaf(block.nameSpan),
            ...block.attributes.map((attribute) => leaf(attribute.span)),
            ...block.fields.map((field) => ({
              span: field.span,
              inside: [leaf(field.nameSpan), ...field.attributes.map((attribute) => leaf(attribute.span))],
            })),
          ],
        })),
      ];
  }
}

/** Asserts that every span is in bounds and inside its parent. */
export function assertSpans(document: FormatDocument): void {
  const check = (nest: Nest, within: Span): void => {
    const { start, end } = nest.span;
    assert.ok(
      Number.isInteger(start) && Number.isInteger(end) && start <= end && start >= within.start && end <= within.end,
      `[${start}, ${end}) is not inside [${within.start}, ${within.end})`,
    );
    for (const inner of nest.inside) check(inner, nest.span);
  };
  for (const nest of nestsOf(document)) check(nest, { start: 0, end: document.text.length });
}

type DocumentOf<L, D = FormatDocument> = D extends { language: infer K } ? (L extends K ? D : never) : never;

/** Parses, asserts the spans, and returns the document with its type. */
export function parsed<L extends FormatLanguage>(language: L, text: string): DocumentOf<L> {
  const document = parseFormat(language, text);
  assertSpans(document);
  return document as DocumentOf<L>;
}

/** The texts of some spans. */
export const textsOf = (document: FormatDocument, spans: readonly Span[]): string[] =>
  spans.map(({ start, end }) => document.text.slice(start, end));

/** A tree of JSON or YAML as plain values. */
export function plain(node: DataNode | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'array') return node.items.map(plain);
  return Object.fromEntries(node.entries.map((entry) => [entry.key, plain(entry.value)]));
}

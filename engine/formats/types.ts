import type { Span } from '../api/finding.ts';

/** Languages other than TypeScript and JavaScript that the engine reads. */
export type FormatLanguage = 'json' | 'yaml' | 'dockerfile' | 'html' | 'markdown' | 'dotenv' | 'prisma';

/** A syntax problem the parser recovered from; the tree still holds what could be read. */
export interface FormatProblem extends Span {
  readonly message: string;
}

/** JSON, YAML: one shape for both. Every node knows its exact source range. */
export type DataNode = DataObject | DataArray | DataScalar;
export interface DataObject {
  readonly kind: 'object';
  readonly span: Span;
  readonly entries: readonly DataEntry[];
}
export interface DataArray {
  readonly kind: 'array';
  readonly span: Span;
  readonly items: readonly DataNode[];
}
export interface DataScalar {
  readonly kind: 'scalar';
  readonly span: Span;
  readonly value: string | number | boolean | null;
}
export interface DataEntry {
  /** Key and value together, without a separating comma. */
  readonly span: Span;
  readonly key: string;
  readonly keySpan: Span;
  /** `undefined` where broken input has a key only. */
  readonly value: DataNode | undefined;
}

/** One instruction of a Dockerfile, continued lines and heredocs included. */
export interface DockerInstruction {
  readonly span: Span;
  /** Upper case: `FROM`, `RUN` … */
  readonly keyword: string;
  readonly keywordSpan: Span;
  /** The text behind the keyword with continuations joined by spaces. */
  readonly argument: string;
  readonly argumentSpan: Span;
  readonly flags: readonly { readonly name: string; readonly value: string; readonly span: Span }[];
  /** Present for the exec form (`["node", "main.js"]`). */
  readonly exec?: readonly string[];
  /** 0 for the first `FROM` and its instructions, -1 for `ARG`s before it. */
  readonly stage: number;
}

export interface HtmlElement {
  /** The start tag. */
  readonly span: Span;
  /** Start tag to end tag, or the start tag alone for void elements. */
  readonly outerSpan: Span;
  /** Lower case. */
  readonly name: string;
  readonly attributes: readonly HtmlAttribute[];
  readonly children: readonly HtmlElement[];
  /** Direct text content, joined. */
  readonly text: string;
}
export interface HtmlAttribute {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
  readonly span: Span;
  /** The value without its quotes; `undefined` for a bare attribute. */
  readonly valueSpan: Span | undefined;
}

export interface DotenvEntry {
  readonly span: Span;
  readonly key: string;
  readonly keySpan: Span;
  /** Unquoted, escapes resolved. */
  readonly value: string;
  readonly valueSpan: Span;
}

export interface PrismaBlock {
  readonly span: Span;
  readonly keyword: 'model' | 'enum' | 'datasource' | 'generator' | 'type' | 'view';
  readonly name: string;
  readonly nameSpan: Span;
  readonly fields: readonly PrismaField[];
  /** `@@index([a, b])` and the like, raw. */
  readonly attributes: readonly { readonly span: Span; readonly name: string; readonly argument: string }[];
}
export interface PrismaField {
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  /** Type with `?`/`[]`; for datasource and generator blocks the right-hand side. */
  readonly type: string;
  readonly attributes: readonly { readonly span: Span; readonly name: string; readonly argument: string }[];
}

interface Parsed<L extends FormatLanguage> {
  readonly language: L;
  readonly text: string;
  readonly problems: readonly FormatProblem[];
  /** Comments with their delimiters, for suppressions. Empty where the format has none. */
  readonly comments: readonly Span[];
}
export interface DataDocument extends Parsed<'json' | 'yaml'> {
  /** One per YAML document; one for JSON. Empty for an empty file. */
  readonly roots: readonly DataNode[];
}
export interface DockerDocument extends Parsed<'dockerfile'> {
  readonly instructions: readonly DockerInstruction[];
}
export interface HtmlDocument extends Parsed<'html'> {
  readonly elements: readonly HtmlElement[];
}
export interface MarkdownDocument extends Parsed<'markdown'> {
  /** mdast root (CommonMark + GFM); positions carry offsets. */
  readonly root: import('mdast').Root;
}
export interface DotenvDocument extends Parsed<'dotenv'> {
  readonly entries: readonly DotenvEntry[];
}
export interface PrismaDocument extends Parsed<'prisma'> {
  readonly blocks: readonly PrismaBlock[];
}
export type FormatDocument =
  | DataDocument
  | DockerDocument
  | HtmlDocument
  | MarkdownDocument
  | DotenvDocument
  | PrismaDocument;

/** Turns text into a tree with spans. Never throws: what cannot be read becomes a problem. */
export interface FormatAdapter {
  readonly language: FormatLanguage;
  parse(text: string): FormatDocument;
}

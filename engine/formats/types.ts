import type { Span } from '../api/finding.ts';
import type { MakeInclude, MakeRule, MakeVariable, ShellLine } from './scriptTypes.ts';

/** Languages other than TypeScript and JavaScript that the engine reads. */
export type FormatLanguage =
  | 'json'
  | 'yaml'
  | 'dockerfile'
  | 'html'
  | 'markdown'
  | 'dotenv'
  | 'prisma'
  | 'ignore'
  | 'shell'
  | 'makefile';

/** A syntax problem the parser recovered from; the tree still holds what could be read. */
export interface FormatProblem extends Span {
  readonly message: string;
  /** The tree is what is written all the same; only who reads it may refuse it, as for a key that is there twice. */
  readonly isSound?: true;
}

/**
 * JSON, YAML: one shape for both. Every node knows its exact source range.
 *
 * A YAML alias (`*name`) is replaced by what it stands for: the node's span is the alias, `definition` is where the
 * content is written, and the nodes inside keep the spans of the place they are written at.
 */
export type DataNode = DataObject | DataArray | DataScalar;
interface DataNodeBase {
  readonly span: Span;
  /** Present for the node of an alias. */
  readonly definition?: Span;
}
export interface DataObject extends DataNodeBase {
  readonly kind: 'object';
  readonly entries: readonly DataEntry[];
}
export interface DataArray extends DataNodeBase {
  readonly kind: 'array';
  readonly items: readonly DataNode[];
}
export interface DataScalar extends DataNodeBase {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
}
export interface DataEntry {
  /** Key and value together, without a separating comma. */
  readonly span: Span;
  readonly key: string;
  readonly keySpan: Span;
  /** `undefined` where broken input has a key only. */
  readonly value: DataNode | undefined;
  /** Brought in by a YAML merge key (`<<`); the spans are those of the merged object. */
  readonly merged?: true;
}

/** One instruction of a Dockerfile, continued lines and heredocs included. */
export interface DockerInstruction {
  readonly span: Span;
  /** Upper case: `FROM`, `RUN` … */
  readonly keyword: string;
  readonly keywordSpan: Span;
  /** The text behind keyword and flags, continued lines joined by a space, comments between them and heredocs left out. */
  readonly argument: string;
  /** From the first to the last character of the argument; empty when there is none. */
  readonly argumentSpan: Span;
  /** Where the parts of `argument` are written; `spanInArgument` reads it. */
  readonly argumentParts: readonly DockerArgumentPart[];
  /** `--name=value` before the argument; the name without dashes, the value empty where there is none. */
  readonly flags: readonly { readonly name: string; readonly value: string; readonly span: Span }[];
  /** Present for the exec form (`["node", "main.js"]`). */
  readonly exec?: readonly string[];
  /** Bodies that follow the instruction (`RUN <<EOF` … `EOF`), in order. */
  readonly heredocs: readonly DockerHeredoc[];
  /** 0 for the first `FROM` and its instructions, -1 for `ARG`s before it. */
  readonly stage: number;
}

/** From index `at` of the argument on, its characters stand at `offset` in the document, until the next part begins. */
export interface DockerArgumentPart {
  readonly at: number;
  readonly offset: number;
}

export interface DockerHeredoc {
  /** The delimiter without quotes. */
  readonly name: string;
  /** The lines between the instruction and the delimiter, as written; it may be missing at the end of broken input. */
  readonly body: string;
  readonly span: Span;
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
  /** The value without its quotes; empty for `KEY=`. */
  readonly valueSpan: Span;
}

/** A pattern of `.dockerignore`. */
export interface IgnoreEntry {
  /** The line without blanks around it. */
  readonly span: Span;
  /** As written, without `!`. */
  readonly pattern: string;
  /** `!`: what matches is in, whatever stands before. */
  readonly isException: boolean;
}

export interface PrismaBlock {
  readonly span: Span;
  readonly keyword: 'model' | 'enum' | 'datasource' | 'generator' | 'type' | 'view';
  readonly name: string;
  readonly nameSpan: Span;
  readonly fields: readonly PrismaField[];
  /** `@@index([a, b])` and the like. */
  readonly attributes: readonly PrismaAttribute[];
}
export interface PrismaAttribute {
  readonly span: Span;
  /** Without `@` or `@@`: `id`, `db.VarChar`, `index`. */
  readonly name: string;
  /** What stands in the parentheses, raw. */
  readonly argument: string;
}
export interface PrismaField {
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  /** Type with `?`/`[]`; for datasource and generator blocks the right-hand side, raw; empty for the values of an enum. */
  readonly type: string;
  readonly attributes: readonly PrismaAttribute[];
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
export interface IgnoreDocument extends Parsed<'ignore'> {
  readonly entries: readonly IgnoreEntry[];
}
export interface ShellDocument extends Parsed<'shell'> {
  /** What stands behind `#!`; empty where nothing does. */
  readonly interpreter: string;
  readonly lines: readonly ShellLine[];
}
export interface MakefileDocument extends Parsed<'makefile'> {
  readonly rules: readonly MakeRule[];
  readonly variables: readonly MakeVariable[];
  readonly includes: readonly MakeInclude[];
  /** Lines that are read as one: with a `\\` at their ends, and from `define` to `endef`. */
  readonly blocks: readonly Span[];
}
export type FormatDocument =
  | DataDocument
  | DockerDocument
  | HtmlDocument
  | MarkdownDocument
  | DotenvDocument
  | PrismaDocument
  | IgnoreDocument
  | ShellDocument
  | MakefileDocument;

/** Turns text into a tree with spans. Never throws: what cannot be read becomes a problem. */
export interface FormatAdapter {
  readonly language: FormatLanguage;
  parse(text: string): FormatDocument;
  /** The same, given the document of a text that differs little. Missing where parsing all is cheap. */
  reparse?(old: FormatDocument, text: string): FormatDocument;
}

import { Composer, type Document, Lexer, type ParsedNode, Parser } from 'yaml';
import type { Span } from '../api/finding.ts';
import { MAX_DEPTH, ProblemList } from './limits.ts';
import type { DataDocument, FormatAdapter, FormatDocument } from './types.ts';
import { isPlainYaml, rereadYaml } from './yamlReread.ts';
import { YamlTree } from './yamlTree.ts';

/** Lexemes read from one file, about 15,000 lines: the composer takes some 3 µs for each, and 15 for a wrong one. */
const MAX_LEXEMES = 100_000;
/** Tokens that fit nowhere, after which a text is not taken for YAML any more. */
const MAX_ERRORS = 1_000;
/** Characters read from one file; a few huge scalars are few lexemes. */
const MAX_TEXT = 4_000_000;

const TOO_LARGE = 'The document is too large; what follows was not read.';

/** Directives and markers that the lexer inserts have no width in the text. */
const CONTROL = new Set(['\u0002', '\u0018', '\u001f']);

type YamlDocument = Document.Parsed<ParsedNode>;

interface Composed {
  readonly documents: readonly YamlDocument[];
  readonly lexemes: number;
}

/** Lexes and composes, or stops where the text nests too deeply or does not end. */
function compose(text: string, comments: Span[], problems: ProblemList): Composed {
  const parser = new Parser();
  // Unique keys are checked by the tree: the composer compares every key with every other.
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const documents: YamlDocument[] = [];
  let offset = 0;
  let lexemes = 0;
  let errors = 0;
  let scalar = false;
  for (const lexeme of new Lexer().lex(text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text)) {
    if (!scalar && lexeme.startsWith('#')) comments.push({ start: offset, end: offset + lexeme.length });
    scalar = lexeme === '\u001f';
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error') errors++;
      documents.push(...(composer.next(token) as Iterable<YamlDocument>));
    }
    if (!CONTROL.has(lexeme)) offset += lexeme.length;
    // Each level of nesting is on the parser's stack, before the composer recurses into it.
    if (parser.stack.length > MAX_DEPTH) {
      problems.add(offset, text.length, `Nested more than ${MAX_DEPTH} levels deep; not read further.`);
      return { documents, lexemes };
    }
    if (++lexemes > MAX_LEXEMES || errors > MAX_ERRORS) {
      problems.add(offset, text.length, TOO_LARGE);
      break;
    }
  }
  if (text.length > MAX_TEXT) problems.add(MAX_TEXT, text.length, TOO_LARGE);
  for (const token of parser.end()) documents.push(...(composer.next(token) as Iterable<YamlDocument>));
  documents.push(...(composer.end(false, offset) as Iterable<YamlDocument>));
  return { documents, lexemes };
}

/** Lexemes of documents of which an entry may be read again without the rest, at least as many as there are (cache: plain YAML). */
const lexemesOf = new WeakMap<DataDocument, number>();

function parse(text: string): DataDocument {
  const problems = new ProblemList(text.length);
  const comments: Span[] = [];
  let composed: Composed = { documents: [], lexemes: 0 };
  try {
    composed = compose(text, comments, problems);
  } catch (error) {
    problems.add(0, text.length, `This YAML cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const tree = new YamlTree(text, problems);
  const roots = composed.documents.flatMap((document) => {
    for (const error of document.errors) problems.add(error.pos[0], error.pos[1], error.message);
    return tree.root(document.contents) ?? [];
  });
  const document: DataDocument = { language: 'yaml', text, problems: problems.items, comments, roots };
  if (problems.items.length === 0 && roots.length === 1 && isPlainYaml(text)) lexemesOf.set(document, composed.lexemes);
  return document;
}

/** Reads the entry that was edited, and all where that does not do. */
function reparse(old: FormatDocument, text: string): DataDocument {
  const before = old.language === 'yaml' ? lexemesOf.get(old) : undefined;
  if (old.language !== 'yaml' || before === undefined || text.length > MAX_TEXT) return parse(text);
  let read = 0;
  const document = rereadYaml(old, text, (part) => {
    const entry = parse(part);
    read = lexemesOf.get(entry) ?? MAX_LEXEMES;
    return entry;
  });
  if (document === undefined || before + read > MAX_LEXEMES) return parse(text);
  lexemesOf.set(document, before + read);
  return document;
}

/** YAML 1.2 (1.1 where a directive says so), with aliases and merge keys resolved. */
export const yaml: FormatAdapter = { language: 'yaml', parse, reparse };

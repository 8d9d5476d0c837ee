import type { Facet } from '../api/facet.ts';
import type { Finding, Span, TextEdit } from '../api/finding.ts';
import type { FixContext, FixSource } from '../api/fix.ts';
import type { FileValue, TypeQuery } from '../api/rule.ts';
import { fileNames, scopedResolve } from '../flow/lookup.ts';
import type { KeyedHeader } from '../incremental/header.ts';
import type { ProjectIndex } from '../project/projectIndex.ts';
import { ts } from '../ts.ts';
import type { TrackedDocument } from './trackedDocument.ts';

export interface FixEnvironment {
  readonly index: ProjectIndex;
  header(document: TrackedDocument): KeyedHeader;
  /** An open document, or one read from the host for this purpose. */
  document(path: string): TrackedDocument | undefined;
  /** Whether a file or folder of any kind is there. */
  exists(path: string): boolean;
  /** Types for the document's own tree, whether or not it is the one in the editor. */
  types(document: TrackedDocument): TypeQuery | undefined;
}

/** What a fix may read, against the current text of `document`. */
export function fixContext(
  document: TrackedDocument,
  finding: Finding,
  options: unknown,
  environment: FixEnvironment,
): FixContext<unknown> {
  const { index } = environment;
  const replace = (place: ts.Node | Span, newText: string): TextEdit => ({
    path: document.path,
    start: 'kind' in place ? place.getStart() : place.start,
    end: place.end,
    newText,
  });
  const base = source(document, environment);
  return Object.defineProperties(
    {
      options,
      data: finding.data,
      node: <T extends ts.Node>(guard: (node: ts.Node) => node is T) => nodeAt(document.sourceFile(), finding, guard),
      replace,
      insert: (offset: number, newText: string) => replace({ start: offset, end: offset }, newText),
      source: (path: string) => {
        const other = environment.document(path);
        return other === undefined ? undefined : source(other, environment);
      },
      exists: (path: string) => environment.exists(path),
      all: <V>(facet: Facet<V>) => index.all(facet.name) as Iterable<FileValue<V>>,
      spanOf: (path: string, facet: Facet<unknown>, anchor: number) =>
        index.get(path)?.values.get(facet.name)?.spans[anchor],
      get types() {
        return environment.types(document);
      },
    },
    Object.getOwnPropertyDescriptors(base),
  ) as FixContext<unknown>;
}

function source(document: TrackedDocument, environment: FixEnvironment): FixSource {
  return {
    path: document.path,
    text: document.text,
    get file() {
      return document.sourceFile();
    },
    get document() {
      return document.formatDocument();
    },
    get header() {
      const header = environment.header(document);
      return { ...header, resolve: scopedResolve(document.sourceFile(), header) };
    },
    lookup: (identifier) => fileNames(document.sourceFile()).lookup(identifier),
    lookupType: (name) => fileNames(document.sourceFile()).lookupType(name),
    relyOn: () => {},
  };
}

/** The innermost node that spans exactly `span` (leading comments apart) and passes the guard. */
function nodeAt<T extends ts.Node>(
  file: ts.SourceFile,
  span: Span,
  guard: (node: ts.Node) => node is T,
): T | undefined {
  const find = (node: ts.Node): T | undefined => {
    if (node.pos > span.start || node.end < span.end) return undefined;
    const inner = ts.forEachChild(node, find);
    if (inner !== undefined) return inner;
    return node.end === span.end && node.getStart(file) === span.start && guard(node) ? node : undefined;
  };
  return ts.forEachChild(file, find);
}

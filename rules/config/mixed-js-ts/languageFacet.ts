import { type Anchor, type DataNode, facet } from '#api';
import { entryAt, valueAt } from '../../_shared/dataMembers.ts';

/** What a file tells about the languages that a folder is written in. */
export type LanguageFacts =
  | { readonly kind: 'typescript' }
  /** JavaScript that somebody wrote; the place is its first line. */
  | { readonly kind: 'javascript'; readonly at: Anchor }
  | ({ readonly kind: 'settings' } & JavaScriptSettings);

/** A tsconfig, or a base of some. */
export interface JavaScriptSettings {
  /** Whether it takes JavaScript in, as far as it says so itself. */
  readonly takesJavaScript?: boolean;
  /** As written, in source order. */
  readonly extends: readonly string[];
  readonly references: readonly string[];
}

/** Loaded by their address, outside what is compiled. */
const LOADED = /(?:worklet|worker|[./-]sw)\.jsx?$/i;

/** Commands, and files that some tool wrote. */
const NOT_BY_HAND =
  /^#!|^(?:\s|\/\/|\/\*|\*)*(?:@generated|generated|auto-?generated|this file (?:is|was) (?:auto|generated)|eslint-disable\s*\*\/)|webpackChunk|__esModule/i;

export const TSCONFIG = /\/tsconfig[\w.-]*\.json$/;

/** The language of each source file, and what the compiler is told about JavaScript. */
export const languageFacet = facet<never, LanguageFacts>({
  name: 'config/languages',
  fold(_scope, { path, file, at }) {
    // Settings of tools stand in every folder's root, whatever the sources are written in.
    if (/\.tsx?$/.test(path)) return /\.(?:d|config|setup)\.tsx?$/.test(path) ? undefined : { kind: 'typescript' };
    const [first] = file.statements;
    if (!/\.jsx?$/.test(path) || LOADED.test(path) || first === undefined || NOT_BY_HAND.test(file.text.slice(0, 300)))
      return undefined;
    const start = first.getStart(file);
    const lineEnd = file.text.indexOf('\n', start);
    const end = Math.min(first.end, lineEnd < 0 ? file.text.length : lineEnd);
    return { kind: 'javascript', at: at({ start, end: file.text[end - 1] === '\r' ? end - 1 : end }) };
  },
  documents: {
    languages: ['json'],
    fold(document, { localPath }) {
      if (document.language !== 'json' || !('roots' in document)) return undefined;
      const [root] = document.roots;
      const options = valueAt(root, 'compilerOptions');
      // Bases may have any name.
      if (!TSCONFIG.test(localPath) && options === undefined) return undefined;
      const said = ['allowJs', 'checkJs'].flatMap((name) => {
        const value = entryAt(options, name)?.value;
        return value?.kind === 'scalar' && typeof value.value === 'boolean' ? [value.value] : [];
      });
      return {
        kind: 'settings',
        // What is checked is taken in, unless it is said that it is not.
        ...(said[0] !== undefined && { takesJavaScript: said.includes(true) }),
        extends: textsIn(valueAt(root, 'extends')),
        references: itemsOf(valueAt(root, 'references')).flatMap((item) => textsIn(valueAt(item, 'path'))),
      };
    },
  },
});

function itemsOf(node: DataNode | undefined): readonly DataNode[] {
  return node?.kind === 'array' ? node.items : [];
}

/** One text or a list of them. */
function textsIn(node: DataNode | undefined): readonly string[] {
  if (node?.kind === 'array') return node.items.flatMap(textsIn);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? [node.value] : [];
}

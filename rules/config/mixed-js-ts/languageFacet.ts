import { type Anchor, facet } from '#api';

/** What a file tells about the languages that a folder is written in. */
export type LanguageFacts =
  | { readonly kind: 'typescript' }
  /** JavaScript that somebody wrote; the place is its first line. */
  | { readonly kind: 'javascript'; readonly at: Anchor };

/** Loaded by their address, outside what is compiled. */
const LOADED = /(?:worklet|worker|[./-]sw)\.jsx?$/i;

/** Commands, and files that some tool wrote. */
const NOT_BY_HAND =
  /^#!|^(?:\s|\/\/|\/\*|\*)*(?:@generated|generated|auto-?generated|this file (?:is|was) (?:auto|generated)|eslint-disable\s*\*\/)|webpackChunk|__esModule/i;

/** The language of each source file. */
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
});

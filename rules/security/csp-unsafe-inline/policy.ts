import type { Span } from '#api';

/** Stands in a policy's text for what is not known before the program runs. */
export const UNKNOWN = '\0';

/** What a source lets in: scripts in the page, code out of texts, or scripts from anywhere. */
export type Looseness = 'inline' | 'eval' | 'anywhere';

/** A source that leaves scripts to whoever gets markup into the page; places are those in the policy's text. */
export interface LooseSource extends Span {
  readonly looseness: Looseness;
  readonly directive: string;
}

interface Source extends Span {
  readonly value: string;
}

interface Directive {
  readonly name: string;
  readonly sources: readonly Source[];
}

const DIRECTIVES =
  /^(?:(?:child|connect|default|font|frame|img|manifest|media|object|prefetch|script|style|worker)-src|(?:script|style)-src-(?:elem|attr)|base-uri|form-action|frame-ancestors|fenced-frame-src|navigate-to|plugin-types|referrer|report-to|report-uri|require-sri-for|require-trusted-types-for|trusted-types|sandbox|upgrade-insecure-requests|block-all-mixed-content)$/;

/** Directives that govern scripts. */
const SCRIPTS = /^script-src(?:-elem|-attr)?$/;

/** Keywords and hashes stand in quotes; hosts, schemes and wildcards have one of these signs. */
const SOURCE = /^'[\w+/=-]+'$|[.:*\0]|^localhost$/;

const META = /<meta\s[^<>]{0,80}?content-security-policy["']\s+content=(")([^"<>]*)\1/gi;

/** Loose sources of the text of a policy; none where the text is no policy, or its page has no origin of its own. */
export function looseInPolicy(text: string): readonly LooseSource[] {
  const directives = directivesOf(text);
  if (directives === undefined || directives.some(({ name }) => name === 'sandbox')) return [];
  // Inline handlers and elements aside, scripts come under the default only where nothing is said of them.
  const isOpen = directives.some(({ name }) => name === UNKNOWN || SCRIPTS.test(name));
  return directives.flatMap(({ name, sources }) => {
    const governs = SCRIPTS.test(name) || (name === 'default-src' && !isOpen && !isUnclear(directives));
    if (!governs) return [];
    return looseSources(sources)
      .filter(({ looseness }) => looseness !== 'eval' || !isConfined(directives))
      .map((source) => ({ ...source, directive: name }));
  });
}

/** The policies in a text: those of `<meta http-equiv>` where it is markup, else the text itself. */
export function policiesIn(text: string): readonly { readonly text: string; readonly at: number }[] {
  if (!/http-equiv/i.test(text)) return [{ text, at: 0 }];
  return [...text.matchAll(META)].map((match) => {
    const [all, quote = '', policy = ''] = match;
    return { text: policy, at: match.index + all.length - quote.length - policy.length };
  });
}

/** Loose ones among the sources of one directive; `UNKNOWN` is a source that may be anything. */
export function looseSources(sources: readonly Source[]): readonly (Source & { readonly looseness: Looseness })[] {
  const isStrict = sources.some(({ value }) => value === "'strict-dynamic'");
  // Browsers that know nonces and hashes take no notice of 'unsafe-inline' beside one.
  const hasNonce = sources.some(({ value }) => /^'(?:nonce|sha\d+)-/.test(value) || value.includes(UNKNOWN));
  return sources.flatMap((source): readonly (Source & { readonly looseness: Looseness })[] => {
    if (source.value === "'unsafe-eval'") return [{ ...source, looseness: 'eval' }];
    if (isStrict) return [];
    if (source.value === '*') return [{ ...source, looseness: 'anywhere' }];
    return source.value === "'unsafe-inline'" && !hasNonce ? [{ ...source, looseness: 'inline' }] : [];
  });
}

/** A page that can load nothing and talk to nobody, made to run code that is handed to it. */
function isConfined(directives: readonly Directive[]): boolean {
  const allowsNone = (directive: string) => {
    const found = directives.find(({ name }) => name === directive);
    return found && found.sources.length === 1 && found.sources[0]?.value === "'none'";
  };
  return allowsNone('default-src') === true && allowsNone('connect-src') !== false;
}

/** Unknown text may hold the end of one directive and the beginning of another. */
function isUnclear(directives: readonly Directive[]): boolean {
  return directives.some(({ sources }) => sources.some(({ value }) => value.includes(UNKNOWN)));
}

/** The directives of a policy, of which the first of each name counts; `undefined` for any other text. */
function directivesOf(text: string): readonly Directive[] | undefined {
  const found = new Map<string, Directive>();
  let at = 0;
  for (const piece of text.split(';')) {
    const [first, ...sources] = wordsOf(piece, at);
    at += piece.length + 1;
    if (first === undefined) continue;
    const name = first.value.includes(UNKNOWN) ? UNKNOWN : first.value;
    const isDirective = name === UNKNOWN || DIRECTIVES.test(name);
    if (!isDirective) return undefined;
    const hasSources = name.endsWith('-src') || SCRIPTS.test(name);
    if (hasSources && !sources.every(({ value }) => SOURCE.test(value))) return undefined;
    if (!found.has(name)) found.set(name, { name, sources });
  }
  return [...found.values()];
}

/** Words with their places; a quote that is escaped in the source counts as a quote. */
function wordsOf(text: string, offset: number): readonly Source[] {
  return [...text.matchAll(/(?:\\[^'"]|\s)*((?:\\['"]|[^\s\\])+)/g)].map((match) => {
    const [all, word = ''] = match;
    const end = offset + match.index + all.length;
    return { value: word.replaceAll('\\', '').toLowerCase(), start: end - word.length, end };
  });
}

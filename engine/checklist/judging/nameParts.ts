/** Parts of a name: `strictSSL`, `strict_ssl` and `strict-ssl` have two. Numbers are parts of their own. */
const NAME_PART = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g;

/** Characters of a name, as far as code and packages agree on them. */
const NAME = /[A-Za-z_$][\w$-]*/g;

/** Longer texts are data rather than words. */
const MAX_TEXT = 4096;

/** A name and its parts, in lower case. */
export function partsOfName(name: string): readonly string[] {
  const lower = name.toLowerCase();
  const parts = name.match(NAME_PART);
  if (parts === null || (parts.length === 1 && parts[0]?.length === name.length)) return [lower];
  return [lower, ...parts.map((part) => part.toLowerCase())];
}

/** A text as a whole (`socket.io`), and the names in it with their parts, in lower case. */
export function namesInText(text: string): readonly string[] {
  const short = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
  return [short.toLowerCase(), ...(short.match(NAME) ?? []).flatMap(partsOfName)];
}

/** All names of a long text with their parts, in lower case, each once. */
export function namesInDocument(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [name] of text.matchAll(NAME)) for (const part of partsOfName(name)) names.add(part);
  return names;
}

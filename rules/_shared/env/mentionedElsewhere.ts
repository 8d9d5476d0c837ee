import type { ts } from '#api';

/**
 * Whether a file names a variable a second time, as a member or in quotes: a check that stops or falls back, a list of
 * what has to be set, a schema. Looks at the text alone.
 * @param isSame tells mentions that say nothing new from the text right behind them
 */
export function mentionedElsewhere(
  name: string,
  read: ts.Node,
  file: ts.SourceFile,
  isSame: (behind: string) => boolean,
): boolean {
  // `process.env.` as it is being typed: nobody can tell.
  if (name === '') return true;
  const { text } = file;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    if (at >= read.pos && at < read.end) continue;
    const end = at + name.length;
    const isName = /[.'"`\s{,]/.test(text[at - 1] ?? '') && !/[\w$]/.test(text[end] ?? '');
    const isMember =
      text[at - 1] === '.' || /['"`]/.test(text[end] ?? '') || /^\s*[:,}]/.test(text.slice(end, end + 8));
    if (isName && isMember && !isSame(text.slice(end, end + 12))) return true;
  }
  return false;
}

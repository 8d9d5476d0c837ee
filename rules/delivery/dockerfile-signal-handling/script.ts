/** What a shell is told to do, as far as it matters who gets the signals. */
export interface Script {
  /** The words of the last command, quotes taken off, `exec` left out. */
  readonly words: readonly string[];
  /** The last command replaces the shell. */
  readonly hasExec: boolean;
  /** The script is one command of plain words, which mean the same without a shell. */
  readonly isPlain: boolean;
  /** Where the last command begins in the script. */
  readonly lastStart: number;
}

/** Longer scripts are not read. */
const MAX_SCRIPT = 4000;

/** `undefined` for scripts that look after signals or processes themselves, and for those that cannot be read. */
export function scriptOf(text: string): Script | undefined {
  if (text.length > MAX_SCRIPT || /\b(?:trap|wait|while|until|for|case|if)\b|`|\$\(/.test(text)) return undefined;
  const starts = [0];
  let ampersand = false;
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|'[^']*'|(&&|\|\||[;|&\n])/g)) {
    if (match[1] === undefined) continue;
    // A process in the background, or a redirection of errors.
    if (match[1] === '&' && !/[<>]$/.test(text.slice(0, match.index)) && text[match.index + 1] !== '>')
      ampersand = true;
    else if (match[1] !== '&') starts.push(match.index + match[1].length);
  }
  if (ampersand) return undefined;
  const lastAt = starts.at(-1) ?? 0;
  const lead = /^\s*/.exec(text.slice(lastAt))?.[0].length ?? 0;
  const words = text.slice(lastAt).match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'])+/g) ?? [];
  const plain = words.map((word) => word.replace(/^(["'])(.*)\1$/s, '$2'));
  const hasExec = plain[0] === 'exec';
  return {
    words: hasExec ? plain.slice(1) : plain,
    hasExec,
    isPlain:
      starts.length === 1 && words.every((word) => /^[\w@%+:,./-][\w@%+=:,./-]*$/.test(word) && !/^\w+=/.test(word)),
    lastStart: lastAt + lead,
  };
}

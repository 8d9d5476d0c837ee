/** What a comment switches off without saying why. */
export interface Suppression {
  readonly kind: 'types' | 'file' | 'blind' | 'wide' | 'line';
  /** The directive as it is written. */
  readonly name: string;
}

/** The compiler reads these at the beginning of a comment, or of its last line. */
const TYPES = /^@ts-(ignore|expect-error|nocheck)\b/;
const LINT = /^(eslint-disable(?:-next-line|-line)?)(?![\w-])/;
/** A rule of ESLint: `no-console`, `@typescript-eslint/no-explicit-any`. */
const RULE = /^@?[\w-]+(?:\/[\w-]+)*$/;

/** Reads a comment as a suppression; `undefined` for all others, and where a reason is given in or beside it. */
export function suppressionOf(text: string, beside: readonly string[]): Suppression | undefined {
  const lines = linesOf(text);
  const at = lines.findIndex((line) => TYPES.test(line) || LINT.test(line));
  const line = lines[at];
  // Words above the directive, in the same comment, are a reason.
  if (line === undefined || lines.slice(0, at).some(saysSomething) || beside.some(isReason)) return undefined;
  const types = TYPES.exec(line);
  const rest = [line, ...lines.slice(at + 1)].join(' ');
  if (types !== null) {
    if (saysSomething(rest.slice(types[0].length))) return undefined;
    return { kind: types[1] === 'nocheck' ? 'file' : 'types', name: types[0] };
  }
  const lint = LINT.exec(line);
  const name = lint?.[1];
  // A description stands behind `--`.
  if (name === undefined || /\s--+\s*\S/.test(rest)) return undefined;
  const rules = rest
    .slice(name.length)
    .split(/[\s,]+/)
    .filter((part) => part !== '');
  // Words that are no names of rules: a reason, if not one that ESLint would take.
  if (rules.some((rule) => !RULE.test(rule)) || isProse(rest.slice(name.length))) return undefined;
  if (rules.length === 0) return { kind: 'blind', name };
  return { kind: name === 'eslint-disable' ? 'wide' : 'line', name };
}

/** Words with blanks between them, where a list of rules has commas. */
function isProse(text: string): boolean {
  return text.split(',').some((part) => /\S\s+\S/.test(part.trim()));
}

/** The lines of a comment without its marks. */
function linesOf(text: string): readonly string[] {
  return text
    .replace(/\*\/$/, '')
    .split(/\r?\n/)
    .map((line) => line.replace(/^[\s/*]+/, '').trim());
}

function isReason(comment: string): boolean {
  const lines = linesOf(comment);
  return !lines.some((line) => TYPES.test(line) || LINT.test(line)) && lines.some(saysSomething);
}

/** More than marks, digits and the like. */
function saysSomething(text: string): boolean {
  return /\p{L}{2}/u.test(text);
}

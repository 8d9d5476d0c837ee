import type { MakefileDocument } from '#api';

/** Values of a Makefile's variables by their names: those alone of which it is certain what they hold. */
export type MakeVariables = ReadonlyMap<string, string>;

/** Longer texts are left as they are. */
const MAX_TEXT = 2000;
const MAX_DEPTH = 5;

/** Variables with one value that the file itself tells. */
export function makeVariables({ variables }: MakefileDocument): MakeVariables {
  const known = new Map<string, string>([['MAKE', 'make']]);
  const open = new Set<string>();
  for (const { name, operator, value, isConditional } of variables) {
    if (isConditional || operator === '!=') open.add(name);
    else if (operator === '+=') known.set(name, `${known.get(name) ?? ''} ${value}`.trim().slice(0, MAX_TEXT));
    else if (operator !== '?=' || !known.has(name)) known.set(name, value.trim());
  }
  for (const name of open) known.delete(name);
  return known;
}

/** A command of a recipe as the shell gets it; references to what is not known stay. */
export function expanded(text: string, variables: MakeVariables): string {
  let result = text;
  for (let depth = 0; depth < MAX_DEPTH && /\$[({]/.test(result) && result.length <= MAX_TEXT; depth++) {
    const next = result.replace(/(?<!\$)\$(?:\(([\w.-]+)\)|\{([\w.-]+)\})/g, (reference, round, curly) => {
      const value = variables.get(String(round ?? curly));
      return value === undefined ? reference : value;
    });
    if (next === result) break;
    result = next.slice(0, MAX_TEXT);
  }
  return result.replaceAll('$$', '$');
}

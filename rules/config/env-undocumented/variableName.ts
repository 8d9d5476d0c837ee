const A = 65;
const Z = 90;
const UNDERSCORE = 95;

/** Whether a text is written as variables of the environment are: `DATABASE_URL`, `PORT`. Cheap enough to ask of every name. */
export function isVariableName(text: string): boolean {
  const first = text.charCodeAt(0);
  return (
    ((first >= A && first <= Z) || first === UNDERSCORE) && text.length > 2 && /^[A-Z_][A-Z0-9_]*[A-Z0-9]$/.test(text)
  );
}

/** All names of this form in a text; those read as `$NAME` with the dollar. */
export function variableNamesIn(text: string): readonly string[] {
  return [...new Set(text.match(/(?<![\w$])\$?[A-Z_][A-Z0-9_]*[A-Z0-9](?![\w])/g)?.filter(isName) ?? [])];
}

function isName(text: string): boolean {
  return isVariableName(text.startsWith('$') ? text.slice(1) : text);
}

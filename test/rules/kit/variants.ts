/** The same code with Windows line ends. */
export function withCrlf(text: string): string {
  return text.replaceAll('\n', '\r\n');
}

/** Formats in which tabs do not indent, or mean something else. */
const spacesOnly = /\.(ya?ml|md|prisma)$/;

/**
 * The same code indented by tabs instead of two spaces. What is left of an odd number of spaces, as in the stars of a
 * doc comment, stays.
 */
export function withTabs(text: string, path: string): string {
  if (spacesOnly.test(path)) return text;
  return text.replace(/^(?: {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2));
}

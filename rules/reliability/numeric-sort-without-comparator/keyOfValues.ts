import { type FileHeader, ts } from '#api';

/**
 * Whether a sorted array only becomes a text that stands for its set of values: `ids.sort().join(',')`,
 * `JSON.stringify(ids.sort())`. Any order will do there, as long as it is always the same one. Texts for people, with
 * blanks in between, are something else.
 */
export function isKeyOfValues(sort: ts.CallExpression, header: FileHeader): boolean {
  const { parent } = sort;
  if (ts.isCallExpression(parent)) {
    return parent.arguments[0] === sort && header.resolve(parent.expression) === 'global#JSON.stringify';
  }
  if (!ts.isPropertyAccessExpression(parent) || !ts.isCallExpression(parent.parent)) return false;
  if (parent.name.text === 'toString') return true;
  if (parent.name.text !== 'join') return false;
  const [separator] = parent.parent.arguments;
  return separator === undefined || (ts.isStringLiteralLike(separator) && !/\s/.test(separator.text));
}

import { ts } from '#api';

/** How a file imports another one of its project: relative, with the extension style the file already uses. */
export function specifierFor(from: string, target: string, file: ts.SourceFile, isModule: boolean): string {
  const fromParts = from.split('/').slice(0, -1);
  const targetParts = target.split('/');
  let common = 0;
  while (common < fromParts.length && fromParts[common] === targetParts[common]) common++;
  const up = fromParts.length - common;
  const path = [...Array(up).fill('..'), ...targetParts.slice(common)].join('/');
  const relative = up === 0 ? `./${path}` : path;
  const bare = relative.replace(/\.[cm]?[jt]sx?$/, '');
  const style = extensionStyle(file) ?? (isModule ? '.js' : '');
  return style === '' ? bare : `${bare}${style}`;
}

/** The extension of the file's other relative imports; `undefined` when it has none. */
function extensionStyle(file: ts.SourceFile): string | undefined {
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const { text } = statement.moduleSpecifier;
    if (text.startsWith('.')) return /\.[cm]?[jt]sx?$/.exec(text)?.[0] ?? '';
  }
  return undefined;
}

import { ts } from '#api';
import type { ServerKind } from './starts.ts';

export function lineBreak(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The blanks in front of the line of an offset. */
export function indentOf(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

export function usesSemicolons(file: ts.SourceFile): boolean {
  return file.statements.some((statement) =>
    ts.isExpressionStatement(statement) || ts.isImportDeclaration(statement) || ts.isVariableStatement(statement)
      ? statement.getText().endsWith(';')
      : false,
  );
}

export function isJavaScript(path: string): boolean {
  return /\.[cm]?jsx?$/.test(path);
}

/** Code that closes a server and waits for it. Node's `close` answers through a callback, others with a promise. */
export function closeStatement(name: string, kind: ServerKind, isScript: boolean): string {
  if (kind !== 'node') return `await ${name}.close()`;
  return isScript
    ? `await new Promise((resolve) => ${name}.close(resolve))`
    : `await new Promise<void>((resolve) => ${name}.close(() => resolve()))`;
}

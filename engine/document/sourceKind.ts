import { ts } from '../ts.ts';

const BY_EXTENSION: Readonly<Record<string, ts.ScriptKind>> = {
  ts: ts.ScriptKind.TS,
  mts: ts.ScriptKind.TS,
  cts: ts.ScriptKind.TS,
  tsx: ts.ScriptKind.TSX,
  js: ts.ScriptKind.JS,
  mjs: ts.ScriptKind.JS,
  cjs: ts.ScriptKind.JS,
  jsx: ts.ScriptKind.JSX,
};

const BY_LANGUAGE: Readonly<Record<string, ts.ScriptKind>> = {
  typescript: ts.ScriptKind.TS,
  typescriptreact: ts.ScriptKind.TSX,
  javascript: ts.ScriptKind.JS,
  javascriptreact: ts.ScriptKind.JSX,
};

/** How to parse a document as source code; `undefined` when it is not TypeScript or JavaScript. */
export function sourceKind(path: string, language?: string): ts.ScriptKind | undefined {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return BY_EXTENSION[extension] ?? (language === undefined ? undefined : BY_LANGUAGE[language]);
}

/** Parses from scratch. JSDoc is read only where it can carry types: in JavaScript. */
export function parseSource(path: string, text: string, kind: ts.ScriptKind): ts.SourceFile {
  return ts.createSourceFile(
    path,
    text,
    { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseForTypeInfo },
    true,
    kind,
  );
}

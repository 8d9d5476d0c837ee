import { type FixContext, type FixSource, type TextEdit, ts } from '#api';
import { aboveStatement } from './aboveStatement.ts';
import { behindStatement } from './behindStatement.ts';
import { lineEnd, quoteMark } from './layout.ts';

/** An export to import, and the name it gets. */
export interface NewImport {
  readonly module: string;
  readonly name: string;
  readonly isDefault: boolean;
}

/** A line to insert, with the line ends around it. */
export interface LineInsertion {
  readonly at: number;
  readonly text: string;
}

type Place = Pick<FixSource, 'file' | 'text'>;

/**
 * Imports from a module that the file does not import yet: behind the last import or the first block of `require`, written
 * as these are. `end` is what statements end with; `undefined` where the file imports nothing.
 */
export function importLine(
  ctx: Place & Pick<FixContext<unknown>, 'insert'>,
  { module, name: local, isDefault }: NewImport,
  end: string,
): TextEdit | undefined {
  const isModule = ctx.file.statements.some(ts.isImportDeclaration);
  if (!isModule && !ctx.file.statements.some(isRequire)) return undefined;
  const { at, text } = importInsertion(ctx, module, isDefault ? local : `{ ${local} }`, isModule, end);
  return ctx.insert(at, text);
}

/**
 * The same for any file: one that imports nothing gets the line above its first statement. `bound` is what stands behind
 * `import` or `const`.
 */
export function importInsertion(
  { file, text }: Place,
  module: string,
  bound: string,
  isModule: boolean,
  end: string,
): LineInsertion {
  const quote = quoteMark(text);
  const line = isModule
    ? `import ${bound} from ${quote}${module}${quote}${end}`
    : `const ${bound} = require(${quote}${module}${quote})${end}`;
  const eol = lineEnd(text);
  // Imports come before everything that runs; a require has to stand before its use.
  const last = isModule ? file.statements.findLast(ts.isImportDeclaration) : lastOfRequires(file);
  if (last !== undefined) return { at: behindStatement(text, last), text: `${eol}${line}` };
  const first = file.statements.find((one) => !isDirective(one));
  return { at: first === undefined ? text.length : aboveStatement(text, first), text: `${line}${eol}${eol}` };
}

function lastOfRequires({ statements }: ts.SourceFile): ts.Statement | undefined {
  const first = statements.findIndex(isRequire);
  if (first < 0) return undefined;
  let last = first;
  for (let next = statements[last + 1]; next !== undefined && isPlain(statements[last]); next = statements[last + 1]) {
    if (!isRequire(next) || !isPlain(next)) break;
    last++;
  }
  return statements[last];
}

function isDirective(statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}

function isRequire(statement: ts.Statement): statement is ts.VariableStatement {
  return requiredBy(statement).some((text) => /^require\(/.test(text));
}

/** It takes modules in and runs nothing of them. */
function isPlain(statement: ts.Statement | undefined): boolean {
  const required = statement === undefined ? [] : requiredBy(statement);
  return required.length > 0 && required.every((text) => /^require\([^()]*\)[\w.]*$/.test(text));
}

function requiredBy(statement: ts.Statement): readonly string[] {
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.map(({ initializer }) => initializer?.getText() ?? '');
}

import { type FixContext, type TextEdit, ts } from '#api';
import { behindStatement } from './behindStatement.ts';
import { lineEnd, quoteMark } from './layout.ts';

/** An export to import, and the name it gets. */
export interface NewImport {
  readonly module: string;
  readonly name: string;
  readonly isDefault: boolean;
}

/**
 * Imports from a module that the file does not import yet: behind the last import or `require` at the top of the file, written
 * as these are. `end` is what statements end with; `undefined` where the file imports nothing.
 */
export function importLine(
  ctx: Pick<FixContext<unknown>, 'file' | 'text' | 'insert'>,
  { module, name: local, isDefault }: NewImport,
  end: string,
): TextEdit | undefined {
  const imports = ctx.file.statements.filter(
    (one) => ts.isImportDeclaration(one) || (ts.isVariableStatement(one) && isRequire(one)),
  );
  const last = imports.at(-1);
  if (last === undefined) return undefined;
  const quote = quoteMark(ctx.text);
  const isModule = imports.some((one) => ts.isImportDeclaration(one));
  const bound = isDefault ? local : `{ ${local} }`;
  const line = isModule
    ? `import ${bound} from ${quote}${module}${quote}`
    : `const ${bound} = require(${quote}${module}${quote})`;
  // Imports come before everything that runs; a require may stand anywhere before its use.
  const behind = isModule ? (imports.findLast((one) => ts.isImportDeclaration(one)) ?? last) : (imports[0] ?? last);
  return ctx.insert(behindStatement(ctx.text, behind), `${lineEnd(ctx.text)}${line}${end}`);
}

function isRequire(statement: ts.VariableStatement): boolean {
  return statement.declarationList.declarations.some(
    ({ initializer }) => initializer !== undefined && /^require\(/.test(initializer.getText()),
  );
}

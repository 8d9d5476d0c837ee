import { ts } from '#api';
import { functionOf } from './functionOf.ts';
import { hasModifier } from './modifiers.ts';

/** What a module exports: functions, variables and expressions by exported name; the default export is the empty name. */
export type Exports = ReadonlyMap<string, ts.FunctionLikeDeclaration | ts.Expression>;

/**
 * Exports that have to do with some nodes of a file: what their statements export, and what hands on names that others declare.
 * A file may have thousands of statements that do neither.
 */
export function exportsAround(file: ts.SourceFile, nodes: readonly ts.Node[]): Exports {
  return exportsOf(
    file.statements.filter(
      (statement) =>
        mayExport(statement, file) || nodes.some(({ pos, end }) => pos >= statement.pos && end <= statement.end),
    ),
  );
}

function mayExport(statement: ts.Statement, { text }: ts.SourceFile): boolean {
  if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement)) return true;
  if (!ts.isExpressionStatement(statement)) return false;
  const start = statement.getStart();
  return /^(?:module\.)?exports\b/.test(text.slice(start, start + 16));
}

/** Reads the exports that stand in statements at the top of a file: `export`, `module.exports` and `exports.x`. */
export function exportsOf(statements: readonly ts.Statement[]): Exports {
  const found = new Map<string, ts.FunctionLikeDeclaration | ts.Expression>();
  const local = new Map<string, ts.FunctionLikeDeclaration>();
  for (const statement of statements) {
    if (ts.isFunctionDeclaration(statement)) {
      const name = statement.name?.text ?? '';
      local.set(name, statement);
      if (hasModifier(statement, ts.SyntaxKind.ExportKeyword))
        found.set(hasModifier(statement, ts.SyntaxKind.DefaultKeyword) ? '' : name, statement);
    } else if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        if (!ts.isIdentifier(declaration.name)) continue;
        const fn = functionOf(declaration);
        if (fn !== undefined) local.set(declaration.name.text, fn);
        if (hasModifier(statement, ts.SyntaxKind.ExportKeyword))
          found.set(declaration.name.text, fn ?? declaration.name);
      }
    }
  }
  const add = (name: string, value: ts.Expression): void => {
    const fn = ts.isIdentifier(value) ? local.get(value.text) : undefined;
    found.set(name, fn ?? value);
  };
  for (const statement of statements) readExports(statement, add);
  return found;
}

/** `export { a as b }`, `export default a`, `module.exports = { a }`, `exports.a = …`. */
function readExports(statement: ts.Statement, add: (name: string, value: ts.Expression) => void): void {
  if (ts.isExportDeclaration(statement)) {
    const clause = statement.exportClause;
    if (statement.moduleSpecifier !== undefined || clause === undefined || !ts.isNamedExports(clause)) return;
    for (const { name, propertyName } of clause.elements) {
      const local = propertyName ?? name;
      if (ts.isIdentifier(local)) add(name.text === 'default' ? '' : name.text, local);
    }
  } else if (ts.isExportAssignment(statement)) {
    add('', statement.expression);
  } else if (ts.isExpressionStatement(statement) && ts.isBinaryExpression(statement.expression)) {
    const { left, right } = statement.expression;
    const target = left.getText();
    if (target === 'module.exports' && ts.isObjectLiteralExpression(right)) {
      for (const property of right.properties) {
        if (ts.isShorthandPropertyAssignment(property)) add(property.name.text, property.name);
        else if (ts.isPropertyAssignment(property)) add(property.name.getText(), property.initializer);
      }
    } else if (target === 'module.exports') add('', right);
    else if (/^(?:module\.)?exports\.\w+$/.test(target)) add(target.slice(target.lastIndexOf('.') + 1), right);
  }
}

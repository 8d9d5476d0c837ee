import { ts, unwrap } from '#api';
import { hasModifier } from '../../modifiers.ts';
import type { Value } from './facts.ts';

/** Exports of a file that facts found, by exported name; `default` is also what `module.exports = …` gives. */
export interface ReadExports {
  readonly exports: Readonly<Record<string, Value>>;
  readonly stars: readonly string[];
}

/** Of texts that files export, paths are all that services are made of. */
const PATH = /^\/[\w:/.-]{0,60}$/;

/** Reads `export` declarations and assignments of `exports`, and functions and classes with the `export` keyword. */
export function readExports(
  file: ts.SourceFile,
  exported: readonly ts.Node[],
  value: (node: ts.Node) => Value,
): ReadExports {
  const exports: Record<string, Value> = {};
  const stars: string[] = [];
  const add = (name: string, node: ts.Node): void => {
    const read = value(node);
    if (read.is === 'text' ? PATH.test(read.text) : read.is !== 'unknown') exports[name] = read;
  };
  for (const statement of file.statements) {
    const isDeclaration = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
    if (!isDeclaration || !hasModifier(statement, ts.SyntaxKind.ExportKeyword)) continue;
    if (ts.isFunctionDeclaration(statement) && statement.body === undefined) continue;
    const isDefault = hasModifier(statement, ts.SyntaxKind.DefaultKeyword);
    const name = isDefault ? 'default' : statement.name?.text;
    if (name !== undefined) add(name, statement);
  }
  for (const node of exported) {
    if (ts.isVariableStatement(node)) {
      for (const { name } of node.declarationList.declarations) if (ts.isIdentifier(name)) add(name.text, name);
    } else if (ts.isExportAssignment(node)) {
      add('default', node.expression);
    } else if (ts.isExportDeclaration(node)) {
      readDeclaration(node, exports, stars, add);
    } else if (ts.isBinaryExpression(node)) {
      readAssignment(node, add);
    }
  }
  return { exports, stars };
}

/** `export { a as b }`, `export { a } from './m'`, `export * from './m'`, `export * as m from './m'`. */
function readDeclaration(
  node: ts.ExportDeclaration,
  exports: Record<string, Value>,
  stars: string[],
  add: (name: string, node: ts.Node) => void,
): void {
  const clause = node.exportClause;
  const module = node.moduleSpecifier;
  const from = module !== undefined && ts.isStringLiteral(module) ? module.text : undefined;
  if (clause === undefined) {
    if (from !== undefined) stars.push(from);
  } else if (ts.isNamespaceExport(clause)) {
    if (from !== undefined) exports[clause.name.text] = { is: 'import', module: from, name: '' };
  } else {
    for (const { name, propertyName } of clause.elements) {
      const local = propertyName ?? name;
      if (from === undefined) add(name.text, local);
      else exports[name.text] = { is: 'import', module: from, name: local.text === 'default' ? '' : local.text };
    }
  }
}

/** `module.exports = { a, b }`, `module.exports = a`, `exports.a = …`, `module.exports.a = …`. */
function readAssignment({ left, right }: ts.BinaryExpression, add: (name: string, node: ts.Node) => void): void {
  const name = left.getText().replace(/^(?:module\.)?exports\.?/, '');
  const node = unwrap(right);
  if (name !== '') {
    add(name, right);
    return;
  }
  // `module.exports = exports = …` and the like.
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    readAssignment(node, add);
    return;
  }
  if (!ts.isObjectLiteralExpression(node)) {
    add('default', right);
    return;
  }
  for (const property of node.properties) {
    if (ts.isShorthandPropertyAssignment(property)) add(property.name.text, property.name);
    else if (ts.isPropertyAssignment(property)) add(property.name.getText(), property.initializer);
    else if (ts.isMethodDeclaration(property)) add(property.name.getText(), property);
  }
}

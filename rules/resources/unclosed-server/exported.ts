import { ts } from '#api';
import { type Handle, isHandedOn, unknownUses } from './handles.ts';
import { cleanupHook } from './hooks.ts';
import { functionOf, type Names, type Origin, originOf, type Reference, returnOrigin } from './origins.ts';

/** What a module exports: functions, variables and expressions by exported name; the default export is the empty name. */
export type Exports = ReadonlyMap<string, ts.FunctionLikeDeclaration | ts.Expression>;

/** Reads the exports of a file that stand in it: `export`, `module.exports` and `exports.x`. */
export function exportsOf(file: ts.SourceFile): Exports {
  const found = new Map<string, ts.FunctionLikeDeclaration | ts.Expression>();
  const local = new Map<string, ts.FunctionLikeDeclaration>();
  for (const statement of file.statements) {
    if (ts.isFunctionDeclaration(statement)) {
      const name = statement.name?.text ?? '';
      local.set(name, statement);
      if (has(statement, ts.SyntaxKind.ExportKeyword))
        found.set(has(statement, ts.SyntaxKind.DefaultKeyword) ? '' : name, statement);
    } else if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        if (!ts.isIdentifier(declaration.name)) continue;
        const fn = functionOf(declaration);
        if (fn !== undefined) local.set(declaration.name.text, fn);
        if (has(statement, ts.SyntaxKind.ExportKeyword)) found.set(declaration.name.text, fn ?? declaration.name);
      }
    }
  }
  const add = (name: string, value: ts.Expression): void => {
    const fn = ts.isIdentifier(value) ? local.get(value.text) : undefined;
    found.set(name, fn ?? value);
  };
  for (const statement of file.statements) readExports(statement, add);
  return found;
}

/**
 * What can listen of what a module exports. Functions that make it have `()` behind their name; what comes from a third
 * module is a reference to that.
 */
export function offersOf(exports: Exports, names: Names): Readonly<Record<string, Origin | Reference>> {
  const offers: Record<string, Origin | Reference> = {};
  for (const [name, value] of exports) {
    const isFunction = ts.isFunctionLike(value);
    const origin = isFunction ? returnOrigin(value, names) : originOf(value, names);
    if (origin !== undefined) offers[isFunction ? `${name}()` : name] = origin;
  }
  return offers;
}

/** A function that starts a server which its caller has to close. */
export function handsOut(fn: ts.FunctionLikeDeclaration, { start, uses }: Handle): boolean {
  if (!contains(fn, start.call)) return false;
  // A helper that registers its own clean-up hook closes what it starts.
  if (uses?.closes.some((close) => cleanupHook(close) !== undefined) === true) return false;
  // One that keeps the server elsewhere as well (a list, an owner) may close it there.
  if (uses?.escapes === true && uses !== unknownUses) return false;
  return uses === undefined ? isHandedOn(start.call) : uses.returned || isHandedOn(start.call);
}

function contains(outer: ts.Node, inner: ts.Node): boolean {
  return inner.pos >= outer.pos && inner.end <= outer.end;
}

/** Whether loading the module opens the port: no condition and no function that nobody calls stands around the call. */
export function runsOnImport(call: ts.Node, file: ts.SourceFile): boolean {
  for (let node = call; node.parent !== undefined; node = node.parent) {
    const { parent } = node;
    if (ts.isIfStatement(parent) || ts.isConditionalExpression(parent) || ts.isCaseClause(parent)) return false;
    if (ts.isBinaryExpression(parent) && parent.right === node && isLogical(parent.operatorToken.kind)) return false;
    if (ts.isClassLike(parent)) return false;
    if (ts.isFunctionDeclaration(node)) return node.name !== undefined && isCalledAtTopLevel(node.name.text, file);
    const isInline = ts.isArrowFunction(node) || ts.isFunctionExpression(node);
    if (isInline && ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
      return isCalledAtTopLevel(parent.name.text, file);
    }
    if (isInline && !ts.isCallExpression(parent) && !ts.isParenthesizedExpression(parent)) return false;
  }
  return true;
}

function isLogical(operator: ts.SyntaxKind): boolean {
  return operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.BarBarToken;
}

/** `main();`, `void main();`, `main().catch(…);` as a statement of the module. */
function isCalledAtTopLevel(name: string, file: ts.SourceFile): boolean {
  return file.statements.some((statement) => {
    if (!ts.isExpressionStatement(statement)) return false;
    let node: ts.Node = statement.expression;
    while (
      ts.isVoidExpression(node) ||
      ts.isAwaitExpression(node) ||
      ts.isPropertyAccessExpression(node) ||
      ts.isCallExpression(node)
    ) {
      node = node.expression;
    }
    return ts.isIdentifier(node) && node.text === name;
  });
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

function has(node: ts.HasModifiers, kind: ts.ModifierSyntaxKind): boolean {
  return node.modifiers?.some((modifier) => modifier.kind === kind) === true;
}

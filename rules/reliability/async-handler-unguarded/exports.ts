import { type FunctionNode, ts, unwrap } from '#api';
import { memberAccess, propertyKey } from '../../_shared/calls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import { hasModifier } from '../../_shared/modifiers.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** How far names and members are followed. */
const MAX_DEPTH = 4;

/** A view of a file with its tree. */
interface WholeFile extends SourceView {
  readonly file: ts.SourceFile;
}

/**
 * The functions of a file by the names under which another file reaches them: `create` for an export of that name and for a
 * member of what is exported by default, `Users.create` for a member of an exported object, class or instance, the empty
 * name for the default export itself.
 */
export function exportedFunctions(source: WholeFile): ReadonlyMap<FunctionNode, string> {
  const found = new Map<FunctionNode, string>();
  const add = (value: ts.Node | undefined, key: string, depth = 0): void => {
    if (value === undefined || depth > MAX_DEPTH) return;
    const node = unwrap(value);
    const inner = (member: ts.Node | undefined, name: string | undefined): void => {
      if (name !== undefined) add(member, key === '' ? name : `${key}.${name}`, depth + 1);
    };
    if (isFunctionWithBody(node)) found.set(node, key);
    else if (ts.isIdentifier(node)) add(initialValue(node, source), key, depth + 1);
    else if (ts.isNewExpression(node)) add(node.expression, key, depth + 1);
    else if (ts.isObjectLiteralExpression(node)) {
      for (const property of node.properties) {
        if (ts.isShorthandPropertyAssignment(property)) inner(property.name, property.name.text);
        else if (ts.isPropertyAssignment(property)) inner(property.initializer, propertyKey(property.name));
        else if (ts.isMethodDeclaration(property)) inner(property, propertyKey(property.name));
      }
    } else if (ts.isClassLike(node)) {
      for (const member of node.members) {
        if (ts.isPropertyDeclaration(member)) inner(member.initializer, propertyKey(member.name));
        else if (ts.isMethodDeclaration(member)) inner(member, propertyKey(member.name));
      }
    }
  };
  for (const statement of source.file.statements) for (const [key, value] of exportsOf(statement)) add(value, key);
  return found;
}

/** What a statement exports, by name. */
function* exportsOf(statement: ts.Statement): Generator<readonly [string, ts.Node]> {
  if (ts.isExportAssignment(statement)) yield ['', statement.expression];
  if (ts.isExportDeclaration(statement) && statement.moduleSpecifier === undefined) {
    const names = statement.exportClause;
    if (names !== undefined && ts.isNamedExports(names)) {
      for (const { name, propertyName } of names.elements) {
        yield [name.text === 'default' ? '' : name.text, propertyName ?? name];
      }
    }
  }
  if (ts.isExpressionStatement(statement)) yield* commonJs(statement.expression);
  if (!hasModifier(statement, ts.SyntaxKind.ExportKeyword)) return;
  if (ts.isVariableStatement(statement)) {
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (ts.isIdentifier(name) && initializer !== undefined) yield [name.text, initializer];
    }
  } else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
    const isDefault = hasModifier(statement, ts.SyntaxKind.DefaultKeyword);
    yield [isDefault ? '' : (statement.name?.text ?? ''), statement];
  }
}

/** `module.exports = …`, `module.exports.create = …`, `exports.create = …`. */
function* commonJs(expression: ts.Expression): Generator<readonly [string, ts.Node]> {
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return;
  const target = memberAccess(expression.left);
  if (target === undefined) return;
  if (isExports(expression.left)) yield ['', expression.right];
  else if (isExports(target.receiver)) yield [target.name, expression.right];
}

function isExports(node: ts.Node): boolean {
  if (ts.isIdentifier(node)) return node.text === 'exports';
  const access = memberAccess(node);
  return access?.name === 'exports' && ts.isIdentifier(access.receiver) && access.receiver.text === 'module';
}

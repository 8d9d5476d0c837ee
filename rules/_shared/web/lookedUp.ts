import { ts, unwrap } from '#api';
import { calledName } from '../calls.ts';
import { addNames, isView, mentions, type Names } from './valueNames.ts';

/** The value that is asked about. */
interface Looked {
  readonly names: Names;
  /** The call that the rule is about. */
  readonly use?: ts.Node;
  /** Says that a call asks for something else. */
  readonly says?: (node: ts.Expression) => boolean;
}

/**
 * Says that something is looked up by a value before it is used, and that the function stops where nothing was found:
 * `const report = await reportOf(name); if (!report) return;`. What is kept under a name is what the program put there.
 */
export function isLookedUp(scope: ts.Node, value: ts.Node, looked: Looked): boolean {
  const found: Set<string>[] = [];
  const visit = (node: ts.Node): boolean => {
    if (node.pos > value.end) return false;
    if (ts.isVariableDeclaration(node) && node.end < value.pos && isLookUp(node.initializer, looked)) {
      const held = new Set<string>();
      addNames(node.name, held);
      found.push(held);
    } else if (ts.isIfStatement(node) && found.some((held) => stopsWithout(node, value, held))) {
      return true;
    }
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return visit(scope);
}

/** A call of anything that makes more of the value than another shape of it. */
function isLookUp(initializer: ts.Expression | undefined, { names, use, says }: Looked): boolean {
  if (initializer === undefined) return false;
  let node = unwrap(initializer) as ts.Expression;
  if (ts.isAwaitExpression(node)) node = unwrap(node.expression) as ts.Expression;
  if (!ts.isCallExpression(node) || node === use || isView(node) || says?.(node) === true) return false;
  if (RESHAPES.test(calledName(node) ?? '')) return false;
  return node.arguments.some((argument) => mentions(argument, names));
}

const RESHAPES = /^(?:require|from|concat|exec|encode\w*|decode\w*|stringify|Number|parseInt|parseFloat)$/;

/** `if (!found) return`, or `if (!found) … else` with the use behind the `else`. */
function stopsWithout({ expression, thenStatement, elseStatement }: ts.IfStatement, value: ts.Node, held: Set<string>) {
  const isInside = (part: ts.Node | undefined) => part !== undefined && part.pos <= value.pos && value.end <= part.end;
  if (isInside(thenStatement) || !asksForNothing(expression, held)) return false;
  return isInside(elseStatement) || ends(thenStatement);
}

/** `!found`, `found === null`, `found.items.length === 0`. */
function asksForNothing(condition: ts.Expression, held: ReadonlySet<string>): boolean {
  const node = unwrap(condition) as ts.Expression;
  const names: Names = { values: held, holders: new Set() };
  if (ts.isPrefixUnaryExpression(node)) return mentions(node.operand, names);
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  if (kind === ts.SyntaxKind.BarBarToken) return asksForNothing(node.left, held) || asksForNothing(node.right, held);
  const isEqual = kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.EqualsEqualsToken;
  return isEqual && mentions(node.left, names) && /^(?:null|undefined|0|false)$/.test(node.right.getText());
}

function ends(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
}

import { ts } from '#api';

/** Words of a condition that asks where the program runs. */
const STAGE = /dev(?!ic)|debug|localhost|is_?local|test|e2e|storybook|prod(?!uct(?!ion))|packaged|node_?env/i;
const PRODUCTION = /prod(?!uct(?!ion))|packaged/i;
const NEGATION = /!(?!=)|!==?|\bnot\b/;

/**
 * Whether a node runs only where its program is developed or tested, as far as the conditions around it tell: branches of
 * `if`, `?:`, `&&` and `||` that ask for the stage and are not taken in production alone, and what stands behind an `if`
 * that leaves in production.
 */
export function isDevelopmentOnly(node: ts.Node): boolean {
  for (let at = node; at.parent !== undefined; at = at.parent) {
    const branch = branchAt(at);
    if (branch !== undefined && !isProductionBranch(branch) && STAGE.test(branch.condition.getText())) return true;
    if (ts.isStatement(at) && isBehindExit(at)) return true;
  }
  return false;
}

/** `if (app.isPackaged) return;` above a statement of the same block. */
function isBehindExit(statement: ts.Statement): boolean {
  const { parent } = statement;
  if (!ts.isBlock(parent)) return false;
  return parent.statements
    .slice(0, parent.statements.indexOf(statement))
    .some(
      (other) =>
        ts.isIfStatement(other) &&
        leaves(other.thenStatement) &&
        PRODUCTION.test(other.expression.getText()) &&
        isProductionBranch({ condition: other.expression, whenTrue: true }),
    );
}

function leaves(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
}

interface Branch {
  readonly condition: ts.Expression;
  /** Taken when the condition holds. */
  readonly whenTrue: boolean;
}

/** The condition that decides whether `node` runs at all, when its parent is one. */
function branchAt(node: ts.Node): Branch | undefined {
  const { parent } = node;
  if (ts.isIfStatement(parent) && node !== parent.expression) {
    return { condition: parent.expression, whenTrue: node === parent.thenStatement };
  }
  if (ts.isConditionalExpression(parent) && node !== parent.condition) {
    return { condition: parent.condition, whenTrue: node === parent.whenTrue };
  }
  if (!ts.isBinaryExpression(parent) || node !== parent.right) return undefined;
  const { kind } = parent.operatorToken;
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return { condition: parent.left, whenTrue: true };
  return kind === ts.SyntaxKind.BarBarToken ? { condition: parent.left, whenTrue: false } : undefined;
}

function isProductionBranch({ condition, whenTrue }: Branch): boolean {
  const text = condition.getText();
  return PRODUCTION.test(text) && NEGATION.test(text) !== whenTrue;
}

import { ts } from '#api';

/** Paths of what anybody may read. */
const PUBLIC_PATH =
  /(?:^|\/)(?:static|assets?|public|fonts?|images?|img|media|uploads?|downloads?|cdn|embed|oembed|widgets?|\.well-known)(?:\/|$)/i;

/** Whether a place is about files for everybody: mounted on a path named for them, or in `setHeaders` of a file server. */
export function isPublicAsset(node: ts.Node): boolean {
  for (let at = node; at.parent !== undefined; at = at.parent) {
    if ((ts.isPropertyAssignment(at) || ts.isMethodDeclaration(at)) && at.name.getText() === 'setHeaders') return true;
    const [first] = ts.isCallExpression(at) ? at.arguments : [];
    if (first !== undefined && ts.isStringLiteralLike(first) && PUBLIC_PATH.test(first.text)) return true;
  }
  return false;
}

const ABOUT_ORIGIN = /origin|allow|white|trust|includes|indexOf|test\(/i;

/**
 * Whether a header is written only when a condition about the origin holds: in a branch of one, or behind one that leaves the
 * function or answers otherwise.
 */
export function isGuarded(node: ts.Node): boolean {
  for (let at = node; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    const condition = conditionAbove(at);
    if (condition !== undefined && ABOUT_ORIGIN.test(condition.getText())) return true;
    if (ts.isBlock(parent) && parent.statements.some((statement) => statement.pos < at.pos && turnsAway(statement)))
      return true;
  }
  return false;
}

/** What decides whether `at` runs, as its parent says. */
function conditionAbove(at: ts.Node): ts.Node | undefined {
  const { parent } = at;
  if (ts.isIfStatement(parent) || ts.isSwitchStatement(parent)) {
    return parent.expression === at ? undefined : parent.expression;
  }
  if (ts.isConditionalExpression(parent)) return parent.condition === at ? undefined : parent.condition;
  return ts.isBinaryExpression(parent) && parent.right === at ? parent.left : undefined;
}

/** `if (!allowed.has(origin)) return;` */
function turnsAway(statement: ts.Statement): boolean {
  if (!ts.isIfStatement(statement) || !ABOUT_ORIGIN.test(statement.expression.getText())) return false;
  const branch = statement.thenStatement;
  const last = ts.isBlock(branch) ? branch.statements.at(-1) : branch;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
}

import { ts, unwrap } from '#api';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import { isLogical, isUnequal } from '../../_shared/operators.ts';

/** Says that somebody has to ask for it: a name for accepting such certificates, or for work on a developer's machine. */
const ASKED = /insecure|self_?signed|skip|ignore|allow|accept|trust|verify|unauthori|reject|strict|no_?check/i;
const FOR_READING = /insecure|selfSigned|untrusted|certificate|certInfo|sslInfo/i;
const LOCAL: ReadonlySet<string> = new Set(['dev', 'development', 'local', 'localhost', 'test', 'testing', 'e2e']);
const PRODUCTION: ReadonlySet<string> = new Set(['prod', 'production']);

/**
 * Says that the setting holds only where somebody asked for it by name, or only outside production. What holds in production
 * alone is no such case.
 */
export function isOnRequest(setting: ts.Node): boolean {
  for (let at = setting; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) && parent.expression !== at && allows(parent.expression, parent.thenStatement === at))
      return true;
    if (
      ts.isConditionalExpression(parent) &&
      parent.condition !== at &&
      allows(parent.condition, parent.whenTrue === at)
    )
      return true;
    if (ts.isBinaryExpression(parent) && parent.right === at && isAnd(parent) && allows(parent.left, true)) return true;
    if (ts.isCaseClause(parent) && parent.expression !== at && ASKED.test(parent.expression.getText())) return true;
    if (ts.isCallExpression(parent) && FOR_READING.test(parent.expression.getText())) return true;
    if (isFunctionWithBody(parent) && returnsEarly(parent, at)) return true;
    if (isFunctionWithBody(parent) && isNamedForIt(parent)) return true;
  }
  return false;
}

function isAnd({ operatorToken }: ts.BinaryExpression): boolean {
  return operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
}

/** Whether a condition that is true (or false) means that checking was not wanted or not for production. */
function allows(condition: ts.Expression, whenTrue: boolean): boolean {
  const node = unwrap(condition);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return allows(node.operand, !whenTrue);
  if (ts.isBinaryExpression(node)) {
    const kind = node.operatorToken.kind;
    if (isLogical(kind)) return allows(node.left, whenTrue) || allows(node.right, whenTrue);
    if (isUnequal(kind)) return says(node, !whenTrue);
  }
  return says(node, whenTrue);
}

function says(node: ts.Node, whenTrue: boolean): boolean {
  const text = node.getText();
  if (ASKED.test(text)) return true;
  // Encrypted where the server offers it, plain where it does not: no protection is promised that is not kept.
  if (!whenTrue && /secure|tls|ssl/i.test(text)) return true;
  const words = nameWords(text);
  return words.some((word) => (whenTrue ? LOCAL : PRODUCTION).has(word));
}

/** `if (!insecure) return;` above it. */
function returnsEarly(fn: ts.Node, body: ts.Node): boolean {
  if (!ts.isBlock(body)) return false;
  return body.statements.some((statement) => {
    if (!ts.isIfStatement(statement)) return false;
    const then = ts.isBlock(statement.thenStatement) ? statement.thenStatement.statements[0] : statement.thenStatement;
    const leaves = then !== undefined && (ts.isReturnStatement(then) || ts.isThrowStatement(then));
    return leaves && fn === body.parent && allows(statement.expression, false);
  });
}

/** `createInsecureAgent()`, `fetchCertificate()`: to read a certificate one has to accept it first. */
function isNamedForIt(fn: ts.Node): boolean {
  const { parent } = fn;
  const name =
    (fn as { readonly name?: ts.Node }).name ??
    (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent.name : undefined);
  return name !== undefined && FOR_READING.test(name.getText());
}

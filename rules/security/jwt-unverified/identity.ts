import { ts } from '#api';
import { isIdentityName } from '../../_shared/auth/accessNames.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** Claims that say who somebody is or what they may do. */
const CLAIMS =
  /^(?:sub|uid|id|_id|user_?id|user|user_?name|email|roles?|is_?admin|permissions?|scopes?|account_?id|tenant_?id)$/i;

/**
 * Says whether the claims become somebody's identity: they are kept on the request, or claims that say who somebody is are
 * read where that decides who may come in.
 * @param inStep whether the function is named for deciding it
 */
export function identityOf(call: ts.CallExpression, source: SourceView, inStep: boolean): boolean {
  const value = payloadOf(whole(call));
  if (isKept(value) || (inStep && readsClaim(value))) return true;
  const { parent } = value;
  if (!ts.isVariableDeclaration(parent) || parent.initializer !== value) return false;
  if (!ts.isIdentifier(parent.name)) {
    return (
      inStep &&
      parent.name.elements.some(
        (element) => !ts.isOmittedExpression(element) && CLAIMS.test((element.propertyName ?? element.name).getText()),
      )
    );
  }
  const uses = usesOf(parent.name, parent, source);
  return uses.some((use) => isKept(use) || isKept(accessed(use)) || (inStep && readsClaim(use)));
}

/** `jwt.decode(token, { complete: true }).payload`. */
function payloadOf(value: ts.Expression): ts.Expression {
  const { parent } = value;
  const isPayload =
    ts.isPropertyAccessExpression(parent) && parent.expression === value && parent.name.text === 'payload';
  return isPayload ? whole(parent) : value;
}

/** With `await`, `as`, `!` and parentheses around it. */
function whole(call: ts.Expression): ts.Expression {
  let at: ts.Expression = call;
  for (;;) {
    const { parent } = at;
    const isWrapping =
      ts.isParenthesizedExpression(parent) ||
      ts.isAsExpression(parent) ||
      ts.isNonNullExpression(parent) ||
      ts.isAwaitExpression(parent) ||
      ts.isTypeAssertionExpression(parent) ||
      ts.isSatisfiesExpression(parent);
    if (!isWrapping) return at;
    at = parent;
  }
}

function accessed(use: ts.Expression): ts.Expression {
  const { parent } = use;
  return ts.isPropertyAccessExpression(parent) && parent.expression === use ? whole(parent) : use;
}

/** `req.user = claims`, `socket.data.userId = claims.sub`, `c.set('user', claims)` */
function isKept(value: ts.Expression): boolean {
  const { parent } = whole(value);
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const { left } = parent;
    return (
      parent.right === whole(value) &&
      ts.isPropertyAccessExpression(left) &&
      isIdentityName(left.name.text) &&
      isOfRequest(left.expression)
    );
  }
  if (!ts.isCallExpression(parent) || parent.arguments[1] !== whole(value)) return false;
  const [key] = parent.arguments;
  return (
    /\.set$/.test(parent.expression.getText()) &&
    key !== undefined &&
    ts.isStringLiteralLike(key) &&
    isIdentityName(key.text)
  );
}

/** Something of the request: a user kept in the state of a page says nothing about who may come in. */
function isOfRequest(expression: ts.Expression): boolean {
  return /^\(*(?:this\.)?(?:req|request|ctx|context|c|res|socket|client|event|ws|conn|connection)\b/.test(
    expression.getText(),
  );
}

function readsClaim(value: ts.Expression): boolean {
  const { parent } = value;
  return ts.isPropertyAccessExpression(parent) && parent.expression === value && CLAIMS.test(parent.name.text);
}

function usesOf(name: ts.Identifier, declaration: ts.Declaration, source: SourceView): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name.text && node !== name && source.lookup(node) === declaration)
      found.push(whole(node));
    else ts.forEachChild(node, visit);
  };
  const scope = enclosingFunction(declaration)?.body;
  if (scope !== undefined) visit(scope);
  return found;
}

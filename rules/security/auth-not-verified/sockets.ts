import { ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import type { FileView } from '../../_shared/sourceView.ts';
import type { Claim } from './claims.ts';

const IDENTITY = /^(?:user_?id|uid|user|user_?name|email|role|is_?admin|account_?id)$/i;

/** `const userId = socket.handshake.auth.userId`: the shape of a claim made when a socket connects. */
export function namesHandshake(node: ts.VariableDeclaration): ts.VariableDeclaration | undefined {
  let at = node.initializer && unwrap(node.initializer);
  for (let depth = 0; at !== undefined && ts.isPropertyAccessExpression(at) && depth < 4; depth++) {
    if (at.name.text === 'handshake') return node;
    at = unwrap(at.expression);
  }
  return undefined;
}

/** Anything in the file that may check who connects. */
const CHECKS = /verif|jwt|passport|authenticat|getSession|decode|session|\.use\(|guest|anonymous/i;

/** Somebody's identity, as a client of socket.io says it, that rooms, maps or the socket itself are filed under. */
export function claimConnected(declaration: ts.VariableDeclaration, source: FileView): Claim | undefined {
  const { file } = source;
  const fn = enclosingFunction(declaration);
  if (fn?.body === undefined || !importsSockets(source) || CHECKS.test(file.text)) return undefined;
  for (const name of identitiesIn(declaration)) {
    if (isFiledUnder(fn.body, name, source)) return { place: declaration, name: `handshake ${name.text}` };
  }
  return undefined;
}

/** Also for its types alone, where the server is handed over. */
function importsSockets({ header }: FileView): boolean {
  return header.modules.has('socket.io') || [...header.imports.values()].some(({ module }) => module === 'socket.io');
}

function identitiesIn({ name, initializer }: ts.VariableDeclaration): readonly ts.Identifier[] {
  const value = initializer && unwrap(initializer);
  if (value === undefined || !ts.isPropertyAccessExpression(value)) return [];
  if (ts.isIdentifier(name)) return IDENTITY.test(value.name.text) ? [name] : [];
  if (!ts.isObjectBindingPattern(name) || !/^(?:auth|query|headers)$/.test(value.name.text)) return [];
  return name.elements.flatMap((element) => {
    const key = element.propertyName ?? element.name;
    return ts.isIdentifier(key) && IDENTITY.test(key.text) && ts.isIdentifier(element.name) ? [element.name] : [];
  });
}

/** `socket.join(userId)`, `online.set(userId, socket.id)`, `online[userId] = socket.id`, `socket.data.userId = userId`. */
function isFiledUnder(body: ts.Node, name: ts.Identifier, source: FileView): boolean {
  const isIt = (node: ts.Node): boolean => {
    const at = unwrap(node);
    if (ts.isTemplateExpression(at)) return at.templateSpans.some(({ expression }) => isIt(expression));
    return ts.isIdentifier(at) && at.text === name.text && source.lookup(at)?.pos === name.parent.pos;
  };
  const visit = (node: ts.Node): boolean => {
    if (ts.isCallExpression(node)) {
      const [first] = node.arguments;
      if (/^(?:join|set)$/.test(calledName(node) ?? '') && first !== undefined && isIt(first)) return true;
    } else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      const target = unwrap(node.left);
      if (ts.isElementAccessExpression(target) && isIt(target.argumentExpression)) return true;
      if (ts.isPropertyAccessExpression(target) && isIt(node.right) && /^(?:socket|client)\b/.test(target.getText()))
        return true;
    }
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return visit(body);
}

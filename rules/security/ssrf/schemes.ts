import { ts, unwrap } from '#api';
import { memberAccess, memberCall } from '../../_shared/calls.ts';
import type { Beside } from '../../_shared/web/checked.ts';

const SCHEME = /^(?:https?|ftp|ws|wss)?:?(?:\/\/)?$/;

/** Asks how an address begins; which host follows is open all the same. */
export const ASKS_SCHEME: Beside = {
  says(node) {
    if (ts.isCallExpression(node)) return asksByCall(node);
    if (!ts.isBinaryExpression(node)) return false;
    const sides = [unwrap(node.left), unwrap(node.right)];
    return (
      sides.some((side) => memberAccess(side)?.name === 'protocol') ||
      sides.every((side) => isScheme(side) || ts.isCallExpression(side))
    );
  },
};

/** `url.startsWith('https://')`, `/^https?:\\/\\//.test(url)`, `['http:', 'https:'].includes(url.protocol)`. */
function asksByCall(call: ts.CallExpression): boolean {
  const member = memberCall(call);
  if (member === undefined) return false;
  const [first] = call.arguments;
  const given = first && unwrap(first);
  if (given === undefined) return false;
  if (/^(?:startsWith|includes|indexOf|match)$/.test(member.name) && (isScheme(given) || isSchemePattern(given)))
    return true;
  if (member.name === 'test') return isSchemePattern(unwrap(member.receiver));
  return member.name === 'includes' && memberAccess(given)?.name === 'protocol';
}

function isScheme(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) && node.text !== '' && SCHEME.test(node.text);
}

/** `/^https?:\\/\\//i` and nothing behind it. */
function isSchemePattern(node: ts.Node): boolean {
  return (
    ts.isRegularExpressionLiteral(node) &&
    /^\/\^\(?(?:\?:)?(?:https?\??|http\|https)\)?(?::|\\:)?(?:\\?\/)*\/[a-z]*$/.test(node.text)
  );
}

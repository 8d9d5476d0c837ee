import { ts, unwrap } from '#api';
import { nameWords } from '../../nameWords.ts';
import { has, set } from '../../words.ts';
import { checks } from './checks.ts';
import { isLogical } from './holders.ts';

const SECRETS = set('secret key token password apikey signature hash hmac digest');

/** Says that a part of a condition works only beside a secret, as in `flag && token === process.env.DEV_TOKEN`. */
export function hasSecretBeside(node: ts.Node, condition: ts.Node): boolean {
  for (let at = node; at !== condition; at = at.parent) {
    const { parent } = at;
    if (!isLogical(parent) || parent.operatorToken.kind !== ts.SyntaxKind.AmpersandAmpersandToken) continue;
    if (comparesSecret(parent.left === at ? parent.right : parent.left)) return true;
  }
  return false;
}

function comparesSecret(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (ts.isCallExpression(node)) return checks([node], 'stage');
  if (isLogical(node)) return comparesSecret(node.left) || comparesSecret(node.right);
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsEqualsEqualsToken) return false;
  return (
    [node.left, node.right].every((side) => !ts.isLiteralExpression(side)) && has(nameWords(node.getText()), SECRETS)
  );
}

import { ts, unwrap } from '#api';
import { isFunctionValue } from '../../enclosing.ts';
import { isStandInName } from '../accessNames.ts';
import { checks } from './checks.ts';
import { grantOf } from './grants.ts';
import { closes, refuses } from './refusals.ts';
import type { SwitchKind } from './switchNames.ts';

/** `flag ? noop : requireAuth`, `flag ? devUser : await verify(token)` */
export function opensByChoice(taken: ts.Expression, avoided: ts.Expression, kind: SwitchKind): boolean {
  if (!checks([avoided], kind) && !refuses([avoided])) return false;
  if (refuses([taken]) || closes([taken]) || checks([taken], kind)) return false;
  return kind === 'bypass' || isOpen(taken);
}

/** Something that lets everybody through when it stands where a check should. */
function isOpen(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isOpen);
  if (ts.isObjectLiteralExpression(node) || node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.NullKeyword) return true;
  if (isFunctionValue(node)) {
    return ts.isBlock(node.body)
      ? node.body.statements.length === 0 || grantOf([node.body]) === 'opens'
      : handsOnOrYes(node.body);
  }
  if (ts.isCallExpression(node)) return grantOf([node]) === 'opens';
  return ts.isIdentifier(node) && (node.text === 'undefined' || isStandInName(node.text));
}

function handsOnOrYes(body: ts.Expression): boolean {
  return body.kind === ts.SyntaxKind.TrueKeyword || grantOf([body]) === 'opens';
}

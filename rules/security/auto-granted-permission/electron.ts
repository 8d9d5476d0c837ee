import { ts, unwrap } from '#api';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { isGrant } from './grants.ts';

/** `session.setPermissionRequestHandler((contents, permission, callback) => callback(true))`: the `true` that grants all. */
export function grantedToPages(call: ts.CallExpression): ts.Node | undefined {
  const callee = unwrap(call.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
  if (name !== 'setPermissionRequestHandler' && name !== 'setPermissionCheckHandler') return undefined;
  const [argument] = call.arguments;
  const handler = argument && unwrap(argument);
  if (handler === undefined || !isFunctionWithBody(handler) || handler.body === undefined) return undefined;
  const only = ts.isBlock(handler.body)
    ? handler.body.statements.length === 1
      ? handler.body.statements[0]
      : undefined
    : handler.body;
  const answer =
    only &&
    (ts.isExpressionStatement(only) || ts.isReturnStatement(only)
      ? only.expression
      : ts.isExpression(only)
        ? only
        : undefined);
  if (answer === undefined) return undefined;
  if (name === 'setPermissionCheckHandler') return isGrant(answer) ? answer : undefined;
  const told = unwrap(answer);
  const callback = handler.parameters[2]?.name;
  if (!ts.isCallExpression(told) || callback === undefined || told.expression.getText() !== callback.getText())
    return undefined;
  const [value] = told.arguments;
  return value !== undefined && isGrant(value) ? value : undefined;
}

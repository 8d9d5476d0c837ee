import { type FunctionNode, ts, unwrap } from '#api';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { isGrant, isNote } from './grants.ts';

const CHECKS = new Set(['setPermissionCheckHandler', 'setDevicePermissionHandler']);

/** `session.setPermissionRequestHandler((contents, permission, callback) => callback(true))`: the `true` that grants all. */
export function grantedToPages(call: ts.CallExpression, source: SourceView): ts.Node | undefined {
  const callee = unwrap(call.expression);
  const [argument] = call.arguments;
  if (!ts.isPropertyAccessExpression(callee) || argument === undefined) return undefined;
  const given = unwrap(argument);
  const handler = ts.isIdentifier(given) ? initialValue(given, source) : given;
  if (handler === undefined || !isFunctionWithBody(handler)) return undefined;
  const answer = onlyAnswer(handler);
  if (answer === undefined) return undefined;
  if (CHECKS.has(callee.name.text)) return isGrant(answer) ? answer : undefined;
  const told = unwrap(answer);
  const callback = handler.parameters[2]?.name;
  if (!ts.isCallExpression(told) || callback === undefined || told.expression.getText() !== callback.getText())
    return undefined;
  const [value] = told.arguments;
  return value !== undefined && isGrant(value) ? value : undefined;
}

/** What a handler does in the end, when all before it only notes. */
function onlyAnswer({ body }: FunctionNode): ts.Expression | undefined {
  if (body === undefined || !ts.isBlock(body)) return body;
  const last = body.statements.at(-1);
  const before = body.statements.slice(0, -1);
  const isPlain = before.every(
    (statement) =>
      ts.isExpressionStatement(statement) && ts.isCallExpression(statement.expression) && isNote(statement.expression),
  );
  if (!isPlain || last === undefined) return undefined;
  return ts.isExpressionStatement(last) || ts.isReturnStatement(last) ? last.expression : undefined;
}

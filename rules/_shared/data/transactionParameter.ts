import { ts, unwrap } from '#api';
import { memberAccess } from '../calls.ts';
import { isFunctionValue } from '../enclosing.ts';
import type { DataClient } from './model.ts';

/**
 * The client that a transaction hands to its callback: `tx` of `prisma.$transaction(async (tx) => …)`. `clientOf` says
 * what the transaction was opened on.
 */
export function transactionParameter(
  parameter: ts.ParameterDeclaration,
  clientOf: (opener: ts.Expression) => DataClient | undefined,
): DataClient | undefined {
  const fn = parameter.parent;
  if (!isFunctionValue(fn) || fn.parameters[0] !== parameter) return undefined;
  let argument: ts.Node = fn;
  while (unwrap(argument.parent) === fn) argument = argument.parent;
  const call = argument.parent;
  if (!ts.isCallExpression(call)) return undefined;
  const member = memberAccess(unwrap(call.expression));
  if (member === undefined || !/^\$?transaction$/.test(member.name)) return undefined;
  const opener = clientOf(member.receiver);
  if (opener?.library.roles[opener.role]?.calls[member.name] !== 'transaction') return undefined;
  const { roles } = opener.library;
  const role = opener.library.kind === 'typeorm' ? 'manager' : 'transaction';
  return roles[role] === undefined ? undefined : { ...opener, role };
}

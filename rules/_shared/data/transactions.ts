import { type FunctionNode, type ts, unwrap } from '#api';
import { memberAccess } from '../calls.ts';
import { isFunctionWithBody } from '../enclosing.ts';
import type { SourceView } from '../sourceView.ts';
import { dataCall } from './dataCalls.ts';
import type { DataCall } from './model.ts';

/** A transaction that runs a callback: `prisma.$transaction(async (tx) => …)`. */
export interface Transaction {
  readonly call: ts.CallExpression;
  readonly opened: DataCall;
  /** What it was opened on: `prisma`, `this.dataSource.manager`. */
  readonly opener: ts.Expression;
  readonly callback: FunctionNode;
  /** The callback's first parameter: a client for most libraries, a handle to pass on for Sequelize and Mongoose. */
  readonly handle: ts.ParameterDeclaration | undefined;
}

/** By syntax alone, a call that may run a callback in a transaction. */
export function mayBeTransaction(call: ts.CallExpression): boolean {
  const member = memberAccess(unwrap(call.expression));
  return member !== undefined && /^\$?transaction$/.test(member.name) && callbackOf(call) !== undefined;
}

/** The transaction that a call runs a callback in; `undefined` for calls of anything else. */
export function transactionOf(call: ts.CallExpression, source: SourceView): Transaction | undefined {
  const callback = callbackOf(call);
  const member = memberAccess(unwrap(call.expression));
  if (callback === undefined || member === undefined) return undefined;
  const opened = dataCall(call, source);
  if (opened === undefined || opened.access !== 'transaction' || opened.node !== call) return undefined;
  return { call, opened, opener: member.receiver, callback, handle: callback.parameters[0] };
}

function callbackOf(call: ts.CallExpression): FunctionNode | undefined {
  for (const argument of call.arguments) {
    const value = unwrap(argument);
    if (isFunctionWithBody(value)) return value;
  }
  return undefined;
}

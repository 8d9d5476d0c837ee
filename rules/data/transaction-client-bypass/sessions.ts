import { type FunctionNode, ts, unwrap } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';

/** `session.withTransaction(async () => …)` of MongoDB, whose session goes among the options of every call. */
export interface SessionTransaction {
  readonly callback: FunctionNode;
  /** What the session is called: its variable first, then the callback's own parameter. */
  readonly names: readonly string[];
}

/** By syntax alone; what the calls inside are decides whether it is one of MongoDB. */
export function sessionTransaction(call: ts.CallExpression): SessionTransaction | undefined {
  const member = memberCall(call);
  const [first] = call.arguments;
  const callback = first && unwrap(first);
  const session = member && unwrap(member.receiver);
  if (member?.name !== 'withTransaction' || session === undefined || !ts.isIdentifier(session)) return undefined;
  if (callback === undefined || !isFunctionWithBody(callback)) return undefined;
  const own = callback.parameters[0]?.name;
  return { callback, names: [session.text, ...(own !== undefined && ts.isIdentifier(own) ? [own.text] : [])] };
}

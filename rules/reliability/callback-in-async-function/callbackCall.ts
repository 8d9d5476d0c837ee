import { type FileHeader, ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';

export type Callback = ts.ArrowFunction | ts.FunctionExpression;

/** A call that hands its result to a callback, whose value nobody uses. */
export interface CallbackCall {
  readonly call: ts.CallExpression;
  readonly callback: Callback;
  readonly name: string;
  /** Timers pass no error and may well be meant to run later. */
  readonly isTimer: boolean;
}

/** Methods that call back again and again, register something, or tell of a beginning or an end. */
const SUBSCRIPTION =
  /^(?:on|once|off|use|then|catch|finally|listen|each|forEach|map|close|end|emit|pipe|every|retry|operation|attempt)$|^on[A-Z]|listener|handler|subscribe|observe|watch|hook|middleware|interceptor|callback/i;

/** Names that people give to the error in front. */
const ERROR_NAME = /^_?(?:err|error|er)$|Err(?:or)?$/;

const TIMERS = new Set(['global#setTimeout', 'global#setImmediate', 'timers#setTimeout', 'timers#setImmediate']);

/** Callback functions of packages that call back before they return. */
const SYNCHRONOUS = /^(?:jsonwebtoken|async|lodash|joi|xml2js)(?:#|$)/;

/** Reads the statement and the header alone. */
export function callbackCall(statement: ts.ExpressionStatement, header: FileHeader): CallbackCall | undefined {
  const call = unwrap(statement.expression);
  if (!ts.isCallExpression(call) || call.arguments.length === 0) return undefined;
  const isTimer = calledName(call)?.startsWith('set') === true && TIMERS.has(header.resolve(call.expression) ?? '');
  const last = isTimer ? call.arguments[0] : call.arguments.at(-1);
  const callback = last && unwrap(last);
  if (callback === undefined || !(ts.isArrowFunction(callback) || ts.isFunctionExpression(callback))) return undefined;
  const name = calledName(call);
  if (name === undefined || SUBSCRIPTION.test(name)) return undefined;
  if (isTimer) return { call, callback, name, isTimer };
  const [error] = callback.parameters;
  if (error === undefined || !ts.isIdentifier(error.name) || !ERROR_NAME.test(error.name.text)) return undefined;
  return SYNCHRONOUS.test(header.resolve(call.expression) ?? '') ? undefined : { call, callback, name, isTimer };
}

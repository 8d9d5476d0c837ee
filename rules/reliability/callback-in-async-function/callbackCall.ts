import { type FileHeader, ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { isFunctionValue } from '../../_shared/enclosing.ts';

/** A callback that is written in the call. */
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
  /^(?:on|once|off|use|then|catch|finally|listen|each|forEach|map|close|end|emit|pipe|every|retry|operation|attempt|exitOverride|withScope|describe|test|it)$|^(?:start|bind)(?=[A-Z]|$)|^on[A-Z]|listener|handler|subscribe|observe|watch|hook|middleware|interceptor|callback/i;

/** Names that people give to the error in front. */
const ERROR_NAME = /^_?(?:err|error|er)$|Err(?:or)?$/;

const TIMERS = new Set(['global#setTimeout', 'global#setImmediate', 'timers#setTimeout', 'timers#setImmediate']);

/** Methods of arrays, which are done with their callback when they return. */
const ARRAY = /^(?:filter|find(?:Last)?(?:Index)?|flatMap|reduce(?:Right)?|some|sort|toSorted)$/;

/** Functions of Node that take a callback, whatever it calls its error. */
const NODE = /^(?:fs|child_process|dns|zlib)(?:#default)?[#.](?!\w*Sync$)\w+$/;

/** Callback functions of packages that call back before they return. */
const SYNCHRONOUS = /^(?:jsonwebtoken|async|lodash|joi|xml2js)(?:#|$)/;

/** Reads the statement and the header alone. */
export function callbackCall(statement: ts.ExpressionStatement, header: FileHeader): CallbackCall | undefined {
  const call = unwrap(statement.expression);
  if (!ts.isCallExpression(call) || call.arguments.length === 0) return undefined;
  const isTimer = calledName(call)?.startsWith('set') === true && TIMERS.has(header.resolve(call.expression) ?? '');
  const last = isTimer ? call.arguments[0] : call.arguments.at(-1);
  const callback = last && unwrap(last);
  if (callback === undefined || !isFunctionValue(callback)) return undefined;
  const name = calledName(call);
  if (name === undefined || SUBSCRIPTION.test(name) || ARRAY.test(name)) return undefined;
  if (isTimer) return { call, callback, name, isTimer };
  const [error] = callback.parameters.filter(({ name: own }) => !(ts.isIdentifier(own) && own.text === 'this'));
  if (error === undefined || !ts.isIdentifier(error.name) || isEmpty(callback)) return undefined;
  const reference = (): string => header.resolve(call.expression) ?? '';
  if (!ERROR_NAME.test(error.name.text) && !(error.name.text.length < 3 && NODE.test(reference()))) return undefined;
  return SYNCHRONOUS.test(reference()) ? undefined : { call, callback, name, isTimer };
}

/** Whether nothing comes of a callback, so that nobody can be too early for it. */
function isEmpty({ body }: Callback): boolean {
  return ts.isBlock(body) && body.statements.length === 0;
}

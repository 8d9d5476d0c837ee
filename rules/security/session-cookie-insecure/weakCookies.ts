import { ts } from '#api';
import { calledName, constant, option } from '../../_shared/calls.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { responseCall } from '../../_shared/web/responseCalls.ts';

/** What protects a cookie. */
export type Flag = 'httpOnly' | 'secure' | 'sameSite';

/** A cookie that opens a session, and what keeps it from being safe. */
export interface WeakCookie {
  readonly name: string;
  /** None when only the name is the library's own. */
  readonly missing: readonly Flag[];
  /** What is underlined: the options of the cookie, else the call. */
  readonly place: ts.Expression;
  /** Where members are missing; `undefined` when there is no object yet. */
  readonly options: ts.ObjectLiteralExpression | undefined;
}

const SESSIONS: Readonly<Record<string, string>> = { 'express-session': 'connect.sid', 'cookie-session': 'session' };
const LIBRARIES = Object.keys(SESSIONS);

/** Names of cookies that let their holder in; those of CSRF protection are meant to be read. */
const SENSITIVE =
  /(?:^|[-_.])(?:sid|sess(?:ion)?|token|jwt|auth)(?:$|[-_.])|session|(?:access|refresh|auth|id|jwt)[-_.]?token|^token$|authorization/i;
const HARMLESS = /csrf|xsrf|theme|lang|locale|csp/i;

/** Makers of sessions, and calls that set a cookie with a name of that kind. */
export function cookieFact(
  node: ts.CallExpression,
  { header }: Pick<SourceView, 'header'>,
): ts.CallExpression | undefined {
  const called = calledName(node);
  if (called === 'cookie' || called === 'setCookie') {
    const [name] = node.arguments;
    return name !== undefined && ts.isStringLiteralLike(name) && isSensitive(name.text) ? node : undefined;
  }
  if (!LIBRARIES.some((library) => header.modules.has(library))) return undefined;
  const library = header.resolve(node.expression);
  return library !== undefined && Object.hasOwn(SESSIONS, library) ? node : undefined;
}

function isSensitive(name: string): boolean {
  return SENSITIVE.test(name) && !HARMLESS.test(name);
}

/** The cookie that a call sets, when it lacks something or has the library's own name. */
export function weakCookie(call: ts.CallExpression, source: SourceView): WeakCookie | undefined {
  const library = source.header.resolve(call.expression);
  const defaultName = library === undefined ? undefined : SESSIONS[library];
  if (defaultName !== undefined) return sessionCookie(call, library === 'express-session', defaultName);
  const [name, , options] = call.arguments;
  if (name === undefined || !ts.isStringLiteralLike(name) || call.arguments.length < 2) return undefined;
  if (responseCall(call, source) === undefined || isCleared(call)) return undefined;
  return weakOptions(name.text, options, call, ['httpOnly', 'secure', 'sameSite']);
}

/** `res.cookie('token', '', …)` takes the cookie away. */
function isCleared({ arguments: [, value] }: ts.CallExpression): boolean {
  const given = value === undefined ? undefined : constant(value);
  return given !== undefined && !given.value;
}

function sessionCookie(call: ts.CallExpression, isNested: boolean, defaultName: string): WeakCookie | undefined {
  const [settings] = call.arguments;
  const named = option(settings, 'name');
  const cookie: ReturnType<typeof option> = isNested
    ? option(settings, 'cookie')
    : settings === undefined
      ? { kind: 'absent' }
      : { kind: 'given', value: settings, property: settings as never };
  if (cookie.kind === 'unknown' || named.kind === 'unknown') return undefined;
  const given = named.kind === 'given' ? constant(named.value)?.value : defaultName;
  const name = typeof given === 'string' ? given : 'of the session';
  // Both set httpOnly by themselves.
  const options = cookie.kind === 'given' ? (cookie.value as ts.Expression) : undefined;
  const weak = weakOptions(name, options, settings ?? call, ['secure', 'sameSite'], ['httpOnly']);
  if (weak !== undefined) return weak;
  return named.kind === 'absent' && isNested
    ? { name, missing: [], place: call.expression, options: undefined }
    : undefined;
}

function weakOptions(
  name: string,
  options: ts.Expression | undefined,
  fallback: ts.Expression,
  needed: readonly Flag[],
  onByDefault: readonly Flag[] = [],
): WeakCookie | undefined {
  const found = [...needed, ...onByDefault].map((flag) => ({ flag, value: option(options, flag) }));
  if (found.some(({ value }) => value.kind === 'unknown')) return undefined;
  const missing = found.filter(({ flag, value }) => {
    if (value.kind === 'given') return constant(value.value)?.value === false;
    return needed.includes(flag);
  });
  const literal = options !== undefined && ts.isObjectLiteralExpression(options) ? options : undefined;
  if (missing.length === 0) return undefined;
  return { name, missing: missing.map(({ flag }) => flag), place: literal ?? fallback, options: literal };
}

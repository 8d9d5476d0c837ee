import { type FileHeader, ts, unwrap } from '#api';
import { calledName, memberCall, option } from '../../_shared/calls.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** A place at which a function takes a secret. */
export interface SecretUse {
  readonly value: ts.Expression;
  /** What the secret is for, as messages name it. */
  readonly name: string;
}

interface Taker {
  /** Which argument, and which member of it when it is an object of options. */
  readonly at: number;
  readonly member?: string;
  readonly name: string;
}

const TAKERS: ReadonlyMap<string, Taker> = new Map<string, Taker>([
  ['jsonwebtoken#sign', { at: 1, name: 'The key that tokens are signed with' }],
  ['jsonwebtoken#verify', { at: 1, name: 'The key that tokens are signed with' }],
  ['hono/jwt#sign', { at: 1, name: 'The key that tokens are signed with' }],
  ['hono/jwt#verify', { at: 1, name: 'The key that tokens are signed with' }],
  ['hono/jwt#jwt', { at: 0, member: 'secret', name: 'The key that tokens are signed with' }],
  ['express-jwt#expressjwt', { at: 0, member: 'secret', name: 'The key that tokens are signed with' }],
  ['koa-jwt', { at: 0, member: 'secret', name: 'The key that tokens are signed with' }],
  ['@nestjs/jwt#JwtModule.register', { at: 0, member: 'secret', name: 'The key that tokens are signed with' }],
  ['express-session', { at: 0, member: 'secret', name: 'The key that sessions are signed with' }],
  ['cookie-session', { at: 0, member: 'secret', name: 'The key that sessions are signed with' }],
  ['cookie-parser', { at: 0, name: 'The key that cookies are signed with' }],
  ['crypto#createHmac', { at: 1, name: 'The key of this signature' }],
  ['crypto#createCipheriv', { at: 1, name: 'The key of this encryption' }],
  ['crypto#createDecipheriv', { at: 1, name: 'The key of this encryption' }],
]);

/** Last names of the calls, to leave before anything is resolved. */
export const CALLED =
  /^(?:get|sign|verify|jwt|expressjwt|koaJwt|register|createHmac|create(?:C|Dec)ipheriv|\w*[sS]ession|cookieParser)$/;

/** The secret that a call takes, when it is a text or a name. */
export function useFact(call: ts.CallExpression, header: FileHeader): SecretUse | undefined {
  const name = calledName(call);
  if (name === undefined || call.arguments.length === 0) return undefined;
  const imported = header.imports.get(name);
  if (!CALLED.test(imported?.name || name)) return undefined;
  if (name === 'get') return undefined;
  if (memberCall(call)?.name === 'register') {
    const plugin = pluginUse(call, header);
    if (plugin !== undefined) return plugin;
  }
  const taker = TAKERS.get(header.resolve(call.expression) ?? '');
  const argument = taker && call.arguments[taker.at];
  if (taker === undefined || argument === undefined) return undefined;
  if (taker.member === undefined) return { value: argument, name: taker.name };
  const given = option(argument, taker.member);
  return given.kind === 'given' && ts.isExpression(given.value) ? { value: given.value, name: taker.name } : undefined;
}

/** Plugins of Fastify that sign, by the option that holds their key. */
const PLUGINS: ReadonlyMap<string, Taker> = new Map<string, Taker>([
  ['@fastify/jwt', { at: 1, member: 'secret', name: 'The key that tokens are signed with' }],
  ['fastify-jwt', { at: 1, member: 'secret', name: 'The key that tokens are signed with' }],
  ['@fastify/cookie', { at: 1, member: 'secret', name: 'The key that cookies are signed with' }],
  ['@fastify/session', { at: 1, member: 'secret', name: 'The key that sessions are signed with' }],
]);

/** `app.register(jwt, { secret: 'x' })` */
function pluginUse({ arguments: [plugin, options] }: ts.CallExpression, header: FileHeader): SecretUse | undefined {
  if (plugin === undefined || options === undefined) return undefined;
  const taker = PLUGINS.get(header.resolve(plugin)?.replace(/#default$/, '') ?? '');
  const given = taker?.member === undefined ? undefined : option(options, taker.member);
  if (taker === undefined || given?.kind !== 'given' || !ts.isExpression(given.value)) return undefined;
  return { value: given.value, name: taker.name };
}

/** The text that is taken: written there, behind `Buffer.from`, or in a constant of the file. */
export function isUsed({ value }: SecretUse, source: SourceView): ts.StringLiteralLike | undefined {
  let node = unwrap(value);
  if (ts.isCallExpression(node)) {
    const [first] = node.arguments;
    if (first === undefined || source.header.resolve(node.expression) !== 'global#Buffer.from') return undefined;
    node = unwrap(first);
  }
  if (ts.isIdentifier(node)) {
    const initial = initialValue(node, source);
    if (initial === undefined || !ts.isVariableDeclaration(initial.parent)) return undefined;
    node = unwrap(initial);
  }
  if (!ts.isStringLiteralLike(node) || node.text.trim() === '') return undefined;
  return /^-----BEGIN PUBLIC/.test(node.text) ? undefined : node;
}

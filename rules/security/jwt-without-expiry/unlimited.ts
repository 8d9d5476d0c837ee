import { ts, unwrap } from '#api';
import { callsOfChain, jwtFunction } from '../../_shared/auth/jwtCalls.ts';
import { memberCall } from '../../_shared/calls.ts';
import { enclosingFunction, isFunctionWithBody } from '../../_shared/enclosing.ts';
import { assignedName, functionName } from '../../_shared/functionName.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { presence } from './members.ts';

/** Where a token is signed that never expires. */
export interface Unlimited {
  /** The name of the function or class. */
  readonly at: ts.Node;
  readonly kind: 'options' | 'claims' | 'builder';
}

/** Judges a call that may sign a token. */
export function unlimited(call: ts.CallExpression, source: SourceView): Unlimited | undefined {
  const signer = jwtFunction(call, source.header);
  if (signer === undefined) return builtUnlimited(call, source);
  const [claims, key, options] = call.arguments;
  if (signer.does !== 'sign' || claims === undefined || key === undefined) return undefined;
  if (mayEnd(claims, source) || isForGood(call)) return undefined;
  const at = memberCall(call)?.place ?? call.expression;
  if (signer.expiry === 'claims') return { at, kind: 'claims' };
  const isGiven =
    options !== undefined && !isFunctionWithBody(unwrap(options)) && unwrap(options).getText() !== 'undefined';
  return isGiven && presence(options, 'expiresIn', source) !== 'absent' ? undefined : { at, kind: 'options' };
}

/** A link to unsubscribe with has to work for as long as the mail is kept. */
function isForGood(call: ts.CallExpression): boolean {
  const [claims] = call.arguments;
  if (claims !== undefined && /unsubscribe/i.test(claims.getText())) return true;
  for (let fn = enclosingFunction(call); fn !== undefined; fn = enclosingFunction(fn)) {
    if (/unsubscribe/i.test(functionName(fn) || assignedName(fn))) return true;
  }
  return false;
}

/** `new SignJWT(claims).setIssuedAt().sign(key)` */
function builtUnlimited(call: ts.CallExpression, source: SourceView): Unlimited | undefined {
  const chain = callsOfChain(call);
  const maker = chain.at(-1);
  if (maker === undefined || !ts.isNewExpression(maker) || jwtFunction(maker, source.header)?.expiry !== 'builder')
    return undefined;
  const isLimited = chain.some((step) => memberCall(step)?.name === 'setExpirationTime');
  const [claims] = maker.arguments ?? [];
  if (isLimited || (claims !== undefined && mayEnd(claims, source))) return undefined;
  return { at: maker.expression, kind: 'builder' };
}

/** Claims by which a token ends: the registered one, and those that applications check by themselves. */
const ENDS = [
  'exp',
  'expires',
  'expiresAt',
  'expires_at',
  'expiry',
  'validUntil',
  'ttl',
  'createdAt',
  'created_at',
  'issuedAt',
];

function mayEnd(claims: ts.Expression, source: SourceView): boolean {
  return ENDS.some((name) => presence(claims, name, source) !== 'absent');
}

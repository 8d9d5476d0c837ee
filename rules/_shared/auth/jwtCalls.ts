import { type FileHeader, ts } from '#api';

/** What a function of a JWT library does, and how. */
export interface JwtFunction {
  readonly does: 'sign' | 'verify' | 'decode';
  /** Where the expiry is written: in the options behind the key, in the claims, or by a method of a builder. */
  readonly expiry: 'options' | 'claims' | 'builder';
}

const FUNCTIONS: ReadonlyMap<string, JwtFunction> = new Map<string, JwtFunction>([
  ['jsonwebtoken#sign', { does: 'sign', expiry: 'options' }],
  ['jsonwebtoken#verify', { does: 'verify', expiry: 'options' }],
  ['jsonwebtoken#decode', { does: 'decode', expiry: 'options' }],
  ['jose#SignJWT', { does: 'sign', expiry: 'builder' }],
  ['jose#jwtVerify', { does: 'verify', expiry: 'builder' }],
  ['jose#UnsecuredJWT.decode', { does: 'decode', expiry: 'builder' }],
  ['jose#decodeJwt', { does: 'decode', expiry: 'builder' }],
  ['hono/jwt#sign', { does: 'sign', expiry: 'claims' }],
  ['hono/jwt#verify', { does: 'verify', expiry: 'claims' }],
  ['hono/jwt#decode', { does: 'decode', expiry: 'claims' }],
  ['jwt-simple#encode', { does: 'sign', expiry: 'claims' }],
  ['@tsndr/cloudflare-worker-jwt#sign', { does: 'sign', expiry: 'claims' }],
  ['@tsndr/cloudflare-worker-jwt#verify', { does: 'verify', expiry: 'claims' }],
  ['@tsndr/cloudflare-worker-jwt#decode', { does: 'decode', expiry: 'claims' }],
  ['jwt-decode', { does: 'decode', expiry: 'claims' }],
  ['jwt-decode#jwtDecode', { does: 'decode', expiry: 'claims' }],
]);

/** The JWT function that is called or constructed; `undefined` for everything else. */
export function jwtFunction(call: ts.CallExpression | ts.NewExpression, header: FileHeader): JwtFunction | undefined {
  const reference = header.resolve(call.expression);
  return reference === undefined ? undefined : FUNCTIONS.get(reference);
}

/** The call and those it is chained on, outermost first: `new A().b().c()` gives the calls of `c` and `b`, and `new A()`. */
export function callsOfChain(call: ts.CallExpression): readonly (ts.CallExpression | ts.NewExpression)[] {
  const chain: (ts.CallExpression | ts.NewExpression)[] = [call];
  for (let at: ts.Node = call; ; ) {
    if (ts.isCallExpression(at)) {
      chain.push(at);
      at = at.expression;
    } else if (ts.isPropertyAccessExpression(at)) at = at.expression;
    else {
      if (ts.isNewExpression(at)) chain.push(at);
      return chain.slice(1);
    }
  }
}

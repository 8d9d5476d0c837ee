import type { NextFunction, Request, Response } from 'express';
import { readToken } from '../lib/tokens';

function bearerToken(req: Request): string | undefined {
  const [scheme, token] = (req.headers.authorization ?? '').split(' ');
  return scheme === 'Bearer' ? token : undefined;
}

export function authenticate(req: Request, res: Response, next: NextFunction): void {
  const token = bearerToken(req);
  if (!token) {
    res.status(401).json({ error: 'Sign in first.' });
    return;
  }

  try {
    req.user = readToken(token);
  } catch {
    res.status(401).json({ error: 'Your session has ended. Sign in again.' });
    return;
  }
  return next();
}

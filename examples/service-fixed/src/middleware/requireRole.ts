import type { RequestHandler } from 'express';
import type { Identity } from '../lib/tokens';

/** Lets a request pass when its user has one of the roles. Mount after `authenticate`. */
export function requireRole(...roles: Identity['role'][]): RequestHandler {
  return (req, res, next) => {
    const role = req.user?.role;
    if (role && roles.includes(role)) {
      next();
      return;
    }
    res.status(403).json({ error: 'You are not allowed to do this.' });
  };
}

import type { NextFunction, Request, Response } from 'express';
import { HttpError } from '../lib/httpError';
import { logger } from '../lib/logger';

export function notFound(_req: Request, res: Response): void {
  res.status(404).json({ error: 'There is nothing here.' });
}

export function handleError(error: unknown, req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) return next(error);
  if (error instanceof HttpError) {
    res.status(error.status).json({ error: error.message });
    return;
  }

  logger.error({ err: error, path: req.path }, 'request failed');
  res.status(500).json({ error: 'Something went wrong on our side.' });
}

import type { RequestHandler } from 'express';
import type { ZodType } from 'zod';

/** Replaces the body by its parsed form or answers 400. */
export function validateBody(schema: ZodType): RequestHandler {
  return (req, res, next) => {
    const parsed = schema.safeParse(req.body);
    if (!parsed.success) {
      const issues = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
      res.status(400).json({ error: 'Some fields are not valid.', issues });
      return;
    }
    req.body = parsed.data;
    next();
  };
}

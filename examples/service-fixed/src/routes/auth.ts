import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { verifyPassword } from '../lib/passwords';
import { prisma } from '../lib/prisma';
import { issueToken } from '../lib/tokens';
import { loginLimiter } from '../middleware/rateLimit';
import { validateBody } from '../middleware/validate';

const credentials = z.object({ email: z.string().email(), password: z.string().min(1).max(200) });

export const authRouter = Router();

authRouter.post('/login', loginLimiter, validateBody(credentials), async (req: Request, res: Response) => {
  const { email, password } = credentials.parse(req.body);
  const user = await prisma.user.findUnique({ where: { email } });
  if (!user || !(await verifyPassword(password, user.passwordHash))) {
    res.status(401).json({ error: 'E-mail or password is wrong.' });
    return;
  }
  res.json({ token: issueToken({ id: user.id, role: user.role }), name: user.name });
});

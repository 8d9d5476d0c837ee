import { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { prisma } from '../lib/prisma';
import { authenticate } from '../middleware/authenticate';
import { requireRole } from '../middleware/requireRole';
import { validateBody } from '../middleware/validate';

const berthInput = z.object({
  pier: z.string().regex(/^[A-Z]$/),
  number: z.number().int().positive(),
  lengthMetres: z.number().positive().max(60),
  dailyRate: z.number().int().nonnegative(),
});

const getBerth: RequestHandler<{ id: string }> = async (req, res) => {
  const berth = await prisma.berth.findUnique({ where: { id: req.params.id } });
  if (!berth) {
    res.status(404).json({ error: 'There is no such berth.' });
    return;
  }
  res.json(berth);
};

const createBerth: RequestHandler = async (req, res) => {
  const berth = await prisma.berth.create({ data: berthInput.parse(req.body) });
  res.status(201).location(`/api/berths/${berth.id}`).json(berth);
};

const removeBerth: RequestHandler<{ id: string }> = async (req, res) => {
  const open = await prisma.booking.count({ where: { berthId: req.params.id, status: { not: 'CANCELLED' } } });
  if (open > 0) {
    res.status(409).json({ error: 'The berth still has bookings.' });
    return;
  }
  await prisma.berth.delete({ where: { id: req.params.id } });
  res.sendStatus(204);
};

export const berthsRouter = Router();

berthsRouter.get('/', async (_req, res) => {
  res.json(await prisma.berth.findMany({ orderBy: [{ pier: 'asc' }, { number: 'asc' }], take: 500 }));
});
berthsRouter.get('/:id', getBerth);
berthsRouter.post('/', authenticate, requireRole('ADMIN'), validateBody(berthInput), createBerth);
berthsRouter.delete('/:id', authenticate, requireRole('ADMIN'), removeBerth);

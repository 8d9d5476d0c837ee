import { Router } from 'express';
import { prisma } from '../lib/prisma';
import { authenticate } from '../middleware/authenticate';
import { requireRole } from '../middleware/requireRole';
import { buildReport } from '../services/occupancyService';
import { fetchTides, levels } from '../services/tideService';

export const reportsRouter = Router();

reportsRouter.use(authenticate, requireRole('HARBOUR_MASTER', 'ADMIN'));

reportsRouter.get('/occupancy', async (_req, res) => {
  const stays = await prisma.booking.findMany({
    where: { status: 'CONFIRMED' },
    include: { berth: { select: { pier: true, number: true } } },
    take: 1_000,
  });
  res.json(buildReport(stays));
});

reportsRouter.get('/tides/:station', async (req, res) => {
  const table = await fetchTides(req.params.station);
  const water = levels(table);
  res.json({
    station: table.station,
    lowest: water[0],
    highest: water[water.length - 1],
    readings: process.env.REPORT_RAW_READINGS === 'on' ? table.readings : undefined,
  });
});

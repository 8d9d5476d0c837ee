import { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Identity } from '../lib/tokens';
import { authenticate } from '../middleware/authenticate';
import { validateBody } from '../middleware/validate';
import { cancelBooking, createBooking, findBooking, listBookings } from '../services/bookingService';
import { announceOccupancy } from '../sockets/occupancy';

const bookingInput = z.object({
  berthId: z.string().uuid(),
  vessel: z.string().min(1).max(80),
  arrivesAt: z.coerce.date(),
  leavesAt: z.coerce.date(),
});

function currentUser(req: Request): Identity {
  if (!req.user) throw new Error('Bookings are mounted without authenticate.');
  return req.user;
}

class BookingController {
  async list(req: Request, res: Response): Promise<void> {
    res.json(await listBookings(currentUser(req)));
  }

  async show(req: Request<{ id: string }>, res: Response): Promise<void> {
    const booking = await findBooking(req.params.id, currentUser(req as Request));
    if (!booking) {
      res.status(404).json({ error: 'There is no such booking.' });
      return;
    }
    // The office shares these links in chats, so the page must not end up in a cache.
    res
      .set('cache-control', 'no-store')
      .json(booking);
  }

  async create(req: Request, res: Response, next: NextFunction): Promise<void> {
    try {
      const booking = await createBooking(bookingInput.parse(req.body), currentUser(req));
      announceOccupancy({ berthId: booking.berthId, occupied: true });
      res.status(201).json(booking);
    } catch (error) {
      return next(error);
    }
  }

  async cancel(req: Request<{ id: string }>, res: Response): Promise<void> {
    const booking = await findBooking(req.params.id, currentUser(req as Request));
    if (!booking) {
      res.sendStatus(404);
      return;
    }
    await cancelBooking(booking.id);
    announceOccupancy({ berthId: booking.berthId, occupied: false });
    res.status(204).end();
  }
}

const controller = new BookingController();

export const bookingsRouter = Router();

bookingsRouter.use(authenticate);
bookingsRouter.get('/', controller.list);
bookingsRouter.get('/:id', controller.show);
bookingsRouter.post('/', validateBody(bookingInput), controller.create);
bookingsRouter.delete('/:id', controller.cancel);

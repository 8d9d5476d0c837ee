import { type Request, type Response, Router } from 'express';
import { authenticate } from '../middleware/authenticate';
import { requireRole } from '../middleware/requireRole';
import { findInvoice, issueInvoice, listInvoices, toCsv } from '../services/invoiceService';

export const invoicesRouter = Router();

invoicesRouter.use(authenticate, requireRole('HARBOUR_MASTER', 'ADMIN'));

invoicesRouter.get('/', async (req: Request, res: Response): Promise<void> => {
  const invoices = await listInvoices();
  switch (req.accepts(['json', 'csv'])) {
    case 'csv':
      return res.type('text/csv').attachment('invoices.csv').send(toCsv(invoices));
    case 'json':
      return res.json(invoices);
    default:
      res.status(406).end();
  }
});

invoicesRouter.get('/:id', async (req, res) => {
  const invoice = await findInvoice(req.params.id);
  if (!invoice) {
    res.status(404).json({ error: 'There is no such invoice.' });
    return;
  }
  res.json(invoice);
});

invoicesRouter.post('/:bookingId', async (req, res) => {
  res.status(201).json(await issueInvoice(req.params.bookingId));
});

import { HttpError } from '../lib/httpError';
import { sendMail } from '../lib/mailer';
import { prisma } from '../lib/prisma';
import { priceOf } from './pricingService';

export interface Invoice {
  id: string;
  bookingId: string;
  /** Cents, VAT included. */
  amount: number;
  issuedAt: Date;
  paidAt: Date | null;
}

export async function listInvoices(): Promise<Invoice[]> {
  return prisma.invoice.findMany({ orderBy: { issuedAt: 'desc' }, take: 100 });
}

export async function findInvoice(id: string): Promise<Invoice | null> {
  return prisma.invoice.findUnique({ where: { id } });
}

export async function issueInvoice(bookingId: string): Promise<Invoice> {
  const booking = await prisma.booking.findUnique({
    where: { id: bookingId },
    include: { berth: true, skipper: true },
  });
  if (!booking) throw new HttpError(404, 'There is no such booking.');
  const amount = priceOf({
    arrivesAt: booking.arrivesAt,
    leavesAt: booking.leavesAt,
    lengthMetres: booking.berth.lengthMetres,
    dailyRate: booking.berth.dailyRate,
  });
  const invoice: Invoice = await prisma.invoice.create({ data: { bookingId, amount } });
  await sendMail({
    to: booking.skipper.email,
    subject: `Invoice for ${booking.vessel}`,
    text: `Your stay costs ${(amount / 100).toFixed(2)} EUR.`,
  });
  return invoice;
}

const dateColumn = new Intl.DateTimeFormat('en-GB', { dateStyle: 'short' });

export function toCsv(invoices: readonly Invoice[]): string {
  const rows = invoices.map((invoice) => [
    invoice.id,
    (invoice.amount / 100).toFixed(2),
    dateColumn.format(invoice.issuedAt),
    invoice.paidAt ? dateColumn.format(invoice.paidAt) : '',
  ]);
  return [['invoice', 'amount', 'issued', 'paid'], ...rows].map((row) => row.join(';')).join('\r\n');
}

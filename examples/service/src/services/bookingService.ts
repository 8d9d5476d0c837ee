import { HttpError } from '../lib/httpError';
import { prisma } from '../lib/prisma';
import type { Identity } from '../lib/tokens';

export interface BookingRequest {
  berthId: string;
  vessel: string;
  arrivesAt: Date;
  leavesAt: Date;
}

export interface Booking extends BookingRequest {
  id: string;
  skipperId: string;
  status: 'REQUESTED' | 'CONFIRMED' | 'CANCELLED';
}

const PAGE_SIZE = 50;

export async function listBookings(user: Identity): Promise<Booking[]> {
  return prisma.booking.findMany({
    where: user.role === 'SKIPPER' ? { skipperId: user.id } : {},
    orderBy: { arrivesAt: 'desc' },
    take: PAGE_SIZE,
  });
}

export async function findBooking(id: string, user: Identity): Promise<Booking | null> {
  const booking: Booking | null = await prisma.booking.findUnique({ where: { id } });
  return booking && (user.role !== 'SKIPPER' || booking.skipperId === user.id) ? booking : null;
}

export async function createBooking(request: BookingRequest, user: Identity): Promise<Booking> {
  if (request.leavesAt <= request.arrivesAt) throw new HttpError(400, 'A stay ends after it begins.');
  const taken = await prisma.booking.count({
    where: {
      berthId: request.berthId,
      status: { not: 'CANCELLED' },
      arrivesAt: { lt: request.leavesAt },
      leavesAt: { gt: request.arrivesAt },
    },
  });
  if (taken > 0) throw new HttpError(409, 'The berth is taken for these days.');
  return prisma.booking.create({ data: { ...request, skipperId: user.id } });
}

export async function cancelBooking(id: string): Promise<void> {
  await prisma.booking.update({ where: { id }, data: { status: 'CANCELLED' } });
}

/** The day a berth falls free next, seen from today. */
export function nextDeparture(bookings: readonly Booking[]): Date | undefined {
  const departures: Date[] = bookings.filter((booking) => booking.status === 'CONFIRMED').map((booking) => booking.leavesAt);
  departures.sort();
  return departures[0];
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../src/app';
import { issueToken } from '../src/lib/tokens';
import { prisma } from './helpers/prisma';

jest.mock('../src/lib/prisma', () => jest.requireActual('./helpers/prisma'));

const office = `Bearer ${issueToken({ id: 'h', role: 'HARBOUR_MASTER' })}`;
const invoice = { id: 'i1', bookingId: 'b1', amount: 7_200, issuedAt: new Date('2026-05-03'), paidAt: null };

it('lists invoices as a spreadsheet', async () => {
  prisma.invoice.findMany.mockResolvedValue([invoice]);
  const server = createServer(createApp());
  await new Promise<void>((resolve) => server.listen(0, resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/api/invoices`, {
      headers: { authorization: office, accept: 'text/csv' },
    });
    expect(response.headers.get('content-type')).toContain('text/csv');
    expect(await response.text()).toContain('i1;72.00;03/05/2026;');
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

it('answers 404 for an unknown invoice', async () => {
  prisma.invoice.findUnique.mockResolvedValue(null);
  const server = createServer(createApp());
  await new Promise<void>((resolve) => server.listen(0, resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/api/invoices/none`, { headers: { authorization: office } });
    expect(response.status).toBe(404);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

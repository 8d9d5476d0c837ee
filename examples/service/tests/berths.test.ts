import request from 'supertest';
import { createApp } from '../src/app';
import { issueToken } from '../src/lib/tokens';
import { prisma } from './helpers/prisma';

jest.mock('../src/lib/prisma', () => jest.requireActual('./helpers/prisma'));

const app = createApp();
const admin = `Bearer ${issueToken({ id: 'a', role: 'ADMIN' })}`;
const skipper = `Bearer ${issueToken({ id: 's', role: 'SKIPPER' })}`;

afterEach(() => {
  jest.resetAllMocks();
});

describe('GET /api/berths/:id', () => {
  it('answers 404 for an unknown berth', async () => {
    prisma.berth.findUnique.mockResolvedValue(null);
    const response = await request(app).get('/api/berths/none');
    expect(response.status).toBe(404);
    expect(response.body.error).toBe('There is no such berth.');
  });
});

describe('DELETE /api/berths/:id', () => {
  it('keeps a berth that has bookings', async () => {
    prisma.booking.count.mockResolvedValue(2);
    const response = await request(app).delete('/api/berths/b1').set('authorization', admin);
    expect(response.status).toBe(409);
    expect(prisma.berth.delete).not.toHaveBeenCalled();
  });

  it('is for administrators', async () => {
    const response = await request(app).delete('/api/berths/b1').set('authorization', skipper);
    expect(response.status).toBe(403);
  });

  it('asks who is there', async () => {
    const response = await request(app).delete('/api/berths/b1');
    expect(response.status).toBe(401);
  });
});

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../src/app';
import { prisma } from './helpers/prisma';

jest.mock('../src/lib/prisma', () => jest.requireActual('./helpers/prisma'));

describe('health', () => {
  let server: Server;
  let url: string;

  beforeAll((done) => {
    server = createApp().listen(0, () => {
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    });
  });

  it('is alive without a database', async () => {
    const response = await fetch(`${url}/health`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok' });
  });

  it('is not ready while the database is away', async () => {
    prisma.$queryRaw.mockRejectedValueOnce(new Error('connection refused'));
    const response = await fetch(`${url}/ready`);
    expect(response.status).toBe(503);
  });
});

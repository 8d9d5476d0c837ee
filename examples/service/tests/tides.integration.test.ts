import type { Server } from 'node:http';
import request from 'supertest';
import { createApp } from '../src/app';
import { fetchTides, shallowHours } from '../src/services/tideService';
import { prisma } from './helpers/prisma';
import { startTideStub } from './helpers/tideStub';

jest.mock('../src/lib/prisma', () => jest.requireActual('./helpers/prisma'));

let tides: Server;
let url: string;

beforeAll(async () => {
  ({ server: tides, url } = await startTideStub([420, 310, 95, 180]));
});

afterAll(async () => {
  tides.close();
  await prisma.$disconnect();
});

describe('tide service', () => {
  it('reads a table', async () => {
    const table = await fetchTides('harbour', url);
    expect(table.station).toBe('stub');
    expect(table.readings).toHaveLength(4);
  });

  it('names the hours that are too shallow', async () => {
    expect(shallowHours(await fetchTides('harbour', url), 200)).toEqual(['02:00', '03:00']);
  });

  it('keeps reports for the office', async () => {
    const response = await request(createApp()).get('/api/reports/tides/harbour');
    expect(response.status).toBe(401);
  });
});

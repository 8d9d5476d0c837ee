import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../src/app';
import { signEmbed } from '../src/lib/tokens';
import { embedSnippet } from '../src/routes/embed';

jest.mock('../src/lib/prisma', () => jest.requireActual('./helpers/prisma'));

const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

describe('the widget on a partner site', () => {
  let api: Server;
  let partnerSite: Server;

  beforeAll(async () => {
    api = createServer(createApp());
    await new Promise<void>((resolve) => api.listen(0, resolve));
    partnerSite = createServer((_req, res) => {
      res.setHeader('content-type', 'text/html');
      res.end(`<main>${embedSnippet('marina-north', signEmbed('marina-north'))}</main>`);
    });
    await new Promise<void>((resolve) => partnerSite.listen(0, resolve));
  });

  afterAll((done) => {
    api.close(done);
  });

  it('hands the snippet to a known partner', async () => {
    const response = await fetch(`${addressOf(api)}/embed/marina-north/snippet?signature=${signEmbed('marina-north')}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('/embed/marina-north/calendar');
  });

  it('refuses a forged signature', async () => {
    const response = await fetch(`${addressOf(api)}/embed/marina-north/snippet?signature=00`);
    expect(response.status).toBe(403);
  });

  it('shows up in the page', async () => {
    const page = await (await fetch(addressOf(partnerSite))).text();
    expect(page).toContain('<iframe');
  });
});

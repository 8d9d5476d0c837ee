import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { WebSocketServer } from 'ws';
import { issueToken } from '../src/lib/tokens';
import { createSockets } from '../src/sockets';
import { announceOccupancy } from '../src/sockets/occupancy';

describe('sockets', () => {
  let httpServer: HttpServer;
  let io: Server;
  let radio: WebSocketServer;
  let url: string;
  let client: Socket;

  beforeAll(async () => {
    httpServer = createServer();
    io = createSockets(httpServer);
    radio = new WebSocketServer({ port: 0 });
    radio.on('connection', (socket) => socket.send('ready'));
    await new Promise<void>((resolve) => httpServer.listen(0, resolve));
    url = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
  });

  afterEach(() => {
    client.disconnect();
  });

  afterAll(async () => {
    await io.close();
    await new Promise<void>((resolve) => httpServer.close(() => resolve()));
  });

  it('refuses a client without a token', async () => {
    client = connect(url, { reconnection: false });
    const error = await new Promise<Error>((resolve) => client.once('connect_error', resolve));
    expect(error.message).toBe('unauthorized');
  });

  it('tells a skipper that a berth was taken', async () => {
    client = connect(url, { auth: { token: issueToken({ id: 's', role: 'SKIPPER' }) }, reconnection: false });
    await new Promise<void>((resolve) => client.once('connect', () => resolve()));
    const change = new Promise((resolve) => client.once('occupancy', resolve));
    announceOccupancy({ berthId: 'b1', occupied: true });
    expect(await change).toEqual({ berthId: 'b1', occupied: true });
  });
});

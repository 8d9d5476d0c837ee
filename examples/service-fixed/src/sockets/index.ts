import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { env } from '../lib/env';
import { logger } from '../lib/logger';
import { readToken } from '../lib/tokens';
import { connectOccupancy } from './occupancy';
import { registerVhf } from './vhf';

export function createSockets(server: HttpServer): Server {
  const io = new Server(server, {
    cors: { origin: env.ALLOWED_ORIGINS },
    pingInterval: env.SOCKET_PING_INTERVAL_MS,
    maxHttpBufferSize: 64 * 1024,
  });

  io.use((socket, next) => {
    try {
      socket.data.user = readToken(String(socket.handshake.auth['token'] ?? ''));
      next();
    } catch {
      next(new Error('unauthorized'));
    }
  });

  io.on('connection', (socket) => {
    logger.debug({ socket: socket.id }, 'connected');
    void socket.join('harbour');
    registerVhf(io, socket);
    socket.on('disconnect', () => {
      socket.removeAllListeners();
    });
  });

  connectOccupancy(io);
  return io;
}

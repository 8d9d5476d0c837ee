import { createServer } from 'node:http';
import { createApp } from './app';
import { env } from './lib/env';
import { logger } from './lib/logger';
import { prisma } from './lib/prisma';
import { createSockets } from './sockets';

const { SHUTDOWN_GRACE_MS } = process.env;

const server = createServer(createApp());
const io = createSockets(server);

server.requestTimeout = 30_000;
server.headersTimeout = 15_000;
server.listen(env.PORT, () => {
  logger.info({ port: env.PORT }, 'listening');
});

async function shutdown(signal: string): Promise<void> {
  logger.info({ signal }, 'shutting down');
  const timer = setTimeout(() => process.exit(1), Number(SHUTDOWN_GRACE_MS ?? 10_000));
  timer.unref();
  await io.close();
  await prisma.$disconnect();
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void shutdown(signal);
  });
}

import { electron } from './electron.ts';
import { fastify } from './fastify.ts';
import { hono } from './hono.ts';
import { nest } from './nest.ts';
import type { Variants } from './scenario.ts';
import { sockets } from './sockets.ts';
import { workers } from './workers.ts';

/** Small projects of different kinds, by what they are made of. */
export const scenarios: ReadonlyMap<string, Variants> = new Map([
  ['sockets', sockets],
  ['Nest', nest],
  ['plugins of Fastify', fastify],
  ['applications of Hono', hono],
  ['workers of BullMQ', workers],
  ['a desktop program', electron],
]);

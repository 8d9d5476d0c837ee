import { byHeader } from '../../byHeader.ts';
import { byName } from '../../byName.ts';
import { type Framework, ROUTER_MAKERS } from '../frameworks.ts';
import { importsForPages } from '../serverFile.ts';
import type { SocketKind, ThingKind } from './facts.ts';

interface Maker {
  readonly kind: ThingKind;
  readonly framework: Framework;
}

const SERVERS: Readonly<Record<string, Framework>> = {
  'http#createServer': 'http',
  'http#Server': 'http',
  'https#createServer': 'http',
  'https#Server': 'http',
  'http2#createServer': 'http',
  'http2#createSecureServer': 'http',
  'spdy#createServer': 'http',
};

const SOCKET_SERVERS: Readonly<Record<string, SocketKind>> = {
  'socket.io': 'socket.io',
  'socket.io#Server': 'socket.io',
  'socket.io#listen': 'socket.io',
  'ws#WebSocketServer': 'ws',
  'ws#Server': 'ws',
  'ws#WebSocket.Server': 'ws',
};

/** What makes an application, router or server when it is called or constructed; `reference` as of `header.resolve`. */
export const makerOf = byName((reference): Maker | undefined => {
  const server = SERVERS[reference];
  if (server !== undefined) return { kind: 'server', framework: server };
  const sockets = SOCKET_SERVERS[reference];
  if (sockets !== undefined) return { kind: sockets, framework: 'http' };
  if (reference === '@nestjs/core#NestFactory.create') return { kind: 'app', framework: 'nest' };
  const framework = ROUTER_MAKERS[reference];
  if (framework === undefined) return undefined;
  return { kind: /router|application/i.test(reference) ? 'router' : 'app', framework };
});

const PACKAGES = [
  'express',
  'fastify',
  'koa',
  'hono',
  '@nestjs/core',
  '@hono/zod-openapi',
  'koa-router',
  '@koa/router',
  'socket.io',
  'ws',
  '@nestjs/websockets',
];

/** Whether a file may have anything to say about services: its package has a web framework, or it uses http itself. */
export const mayServe = byHeader(
  (header) =>
    !header.isTest &&
    !importsForPages(header) &&
    (header.modules.has('http') ||
      header.modules.has('https') ||
      header.modules.has('http2') ||
      PACKAGES.some((name) => header.modules.has(name) || header.dependency(name) !== undefined)),
);

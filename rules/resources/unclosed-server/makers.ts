import { type FileHeader, ts } from '#api';
import type { Origin } from './origins.ts';

/** Calls by what they make. */
export const MAKERS: ReadonlyMap<string, Origin> = new Map<string, Origin>([
  ['http#createServer', 'server'],
  ['http#Server', 'server'],
  ['https#createServer', 'server'],
  ['https#Server', 'server'],
  ['http2#createServer', 'server'],
  ['http2#createSecureServer', 'server'],
  ['net#createServer', 'server'],
  ['net#Server', 'server'],
  ['tls#createServer', 'server'],
  ['express', 'app'],
  ['koa', 'app'],
  ['connect', 'app'],
  ['polka', 'app'],
  ['fastify', 'promise'],
  ['fastify#fastify', 'promise'],
  ['fastify#Fastify', 'promise'],
  ['@nestjs/core#NestFactory.create', 'promise'],
  ['apollo-server#ApolloServer', 'promise'],
  ['restify#createServer', 'promise'],
  ['@hapi/hapi#server', 'promise'],
  ['@hapi/hapi#Server', 'promise'],
  ['socket.io#Server', 'promise'],
  ['socket.io', 'promise'],
]);

/** Declared types by what holds their values. */
export const TYPES: ReadonlyMap<string, Origin> = new Map<string, Origin>([
  ['http#Server', 'server'],
  ['https#Server', 'server'],
  ['http2#Http2Server', 'server'],
  ['http2#Http2SecureServer', 'server'],
  ['net#Server', 'server'],
  ['tls#Server', 'server'],
  ['express#Express', 'app'],
  ['express#Application', 'app'],
  ['fastify#FastifyInstance', 'promise'],
  ['@nestjs/common#INestApplication', 'promise'],
]);

/** Whether a call makes something that can listen, by what its callee refers to. */
export function isMaker(call: ts.CallExpression | ts.NewExpression, header: FileHeader): boolean {
  const reference = header.resolve(call.expression);
  return (reference !== undefined && MAKERS.has(reference)) || isNestTest(call, header);
}

/** `moduleRef.createNestApplication()` of Nest's testing module. */
export function isNestTest(call: ts.CallExpression | ts.NewExpression, { modules }: FileHeader): boolean {
  const callee = call.expression;
  return (
    ts.isPropertyAccessExpression(callee) &&
    callee.name.text === 'createNestApplication' &&
    (modules.has('@nestjs/testing') || modules.has('@nestjs/core'))
  );
}

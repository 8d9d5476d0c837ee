import { type Bodies, shapes } from './shape.ts';

const putFastify = (body: string) => `import Fastify from 'fastify';
${body.includes('Fastify(') ? '' : 'const app = Fastify();'}
${body}
app.get('/berths', async () => []);
await app.listen({ port: 3000 });
`;

const putHono = (body: string) => `import { serve } from '@hono/node-server';
import { Hono } from 'hono';
${body.includes('new Hono(') ? '' : 'const app = new Hono();'}
${body}
app.get('/berths', (c) => c.json([]));
${body.includes('serve(') ? '' : 'serve({ fetch: app.fetch, port: 3000 });'}
`;

const plugin = (name: string, options = ''): Bodies[string] => [
  `import plugin from '${name}';\nawait app.register(plugin${options});`,
  { packages: [name] },
];

const answeredFastify: Bodies = {
  'a hook': `app.addHook('onRequest', async (request, reply) => { if (request.url.startsWith('/heal')) return reply.send('ok'); });`,
  'a hook on the socket': `app.addHook('onRequest', (request, reply, done) => {
  if (request.raw.url.indexOf('heal') > 0) { reply.raw.end('ok'); return; }
  done();
});`,
  'under pressure': plugin('@fastify/under-pressure', ', { exposeStatusRoute: true }'),
  'a package for checks': plugin('fastify-healthcheck'),
  'a proxy': plugin('@fastify/http-proxy', `, { upstream: 'http://upstream' }`),
  files: plugin('@fastify/static', `, { root: '/srv' }`),
  'another kind of middleware': [
    `import middie from '@fastify/middie';\nawait app.register(middie);\napp.use((req, res, next) => { if (req.url.startsWith('/heal')) res.end('ok'); else next(); });`,
    { packages: ['@fastify/middie'] },
  ],
  'a server of its own': `import http from 'node:http';
const app = Fastify({ serverFactory: (handle) => http.createServer((req, res) => { if (req.url.length < 9) res.end(); else handle(req, res); }) });`,
  'a rewritten URL': `const app = Fastify({ rewriteUrl: (request) => request.url.replace('/heal', '/ber') });`,
  'a prefix of the environment': `await app.register(async (api) => { api.get('/health', async () => 'ok'); }, { prefix: process.env.PREFIX });`,
  'what is left': `app.setNotFoundHandler((request, reply) => { reply.send('ok'); });`,
  'a path that is put together': `app.route({ method: 'GET', url: '/' + 'health', handler: async () => 'ok' });`,
};

const unansweredFastify: Bodies = {
  'nothing else': '',
  'a hook that looks': `app.addHook('onRequest', async (request) => { request.log.info(request.url); });`,
  'a hook that refuses': `app.addHook('onRequest', async (request, reply) => { if (!request.headers.authorization) return reply.code(401).send(); });`,
  'a prefix': `await app.register(async (api) => { api.get('/health', async () => 'ok'); }, { prefix: '/api' });`,
  'what is left is missing': `app.setNotFoundHandler((request, reply) => { reply.code(404).send({ message: 'none' }); });`,
};

const answeredHono: Bodies = {
  middleware: `app.use(async (c, next) => { if (c.req.path.startsWith('/heal')) return c.text('ok'); await next(); });`,
  'a response': `app.use(async (c, next) => { if (c.req.path.length === 7) return new Response('ok'); await next(); });`,
  'a response that is put in': `app.use(async (c, next) => { await next(); if (c.req.path.length === 7) c.res = Response.json({}); });`,
  'a function that may answer': `import { alive } from '@acme/alive';\napp.use(async (c, next) => alive(c, next));`,
  files: `import { serveStatic } from '@hono/node-server/serve-static';\napp.use('/*', serveStatic({ root: './public' }));`,
  'what is left': `app.notFound((c) => c.text('ok', 200));`,
  'a prefix of the environment': `const app = new Hono().basePath(process.env.BASE ?? '/api');\napp.get('/health', (c) => c.text('ok'));`,
  'a server around it': `serve({ port: 3000, fetch: (request) => (request.url.endsWith('alth') ? new Response('ok') : app.fetch(request)) });`,
  'another handler': `app.mount('/', (request) => new Response('ok'));`,
  'several methods': `const probe = '/' + 'health';\napp.on('GET', ['/berth', probe], (c) => c.text('ok'));`,
};

const unansweredHono: Bodies = {
  'nothing else': '',
  'middleware that looks': `app.use(async (c, next) => { console.log(c.req.path); c.set('at', 1); await next(); c.header('x-quay', '1'); });`,
  'middleware that refuses': `app.use(async (c, next) => { if (!c.req.header('authorization')) return c.json({}, 401); await next(); });`,
  'a response that refuses': `app.use(async (c, next) => { if (!c.env) return new Response('no', { status: 403 }); await next(); });`,
  'what is left is missing': `app.notFound((c) => c.text('none', 404));`,
  'a prefix': `const app = new Hono().basePath('/api');\napp.get('/health', (c) => c.text('ok'));`,
};

/** Services whose check may be answered. */
export const answeredByOthers = [
  ...shapes('Fastify', answeredFastify, putFastify),
  ...shapes('Hono', answeredHono, putHono),
];
/** Services whose check is not answered. */
export const unansweredByOthers = [
  ...shapes('Fastify', unansweredFastify, putFastify),
  ...shapes('Hono', unansweredHono, putHono),
];

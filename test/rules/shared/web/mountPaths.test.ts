/** Paths that routes have once everything is mounted, in each framework, and what runs for them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { appProbe, toldBy } from './appProbe.ts';

/** Names each route with what runs before its handler. */
const pathProbe = appProbe('probe-paths', (app) => {
  const lines = app.routes.map(({ method, path, middleware }) => {
    const names = middleware
      .filter(({ reference }) => reference !== '@nestjs/common#Version')
      .map(({ names: all }) => (all.at(-1) ?? '?').replace(/^.*[/.#]/, ''));
    return [method, path, ...names].join(' ');
  });
  const open = app.unfollowed.length === 0 ? [] : [`unfollowed ${app.unfollowed.join(' ')}`];
  return [...lines.sort(), ...open].join('; ');
});

const packages = ['express', 'fastify', 'koa', '@koa/router', 'koa-mount', 'koa-compose', 'hono', '@nestjs/core'];
const dependencies = Object.fromEntries(packages.map((name) => [name, '*']));

/** Routes of all applications over these files, a line for each application. */
function routesIn(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return toldBy(pathProbe, files, dependencies);
}

async function routesOf(files: Readonly<Record<string, string>> | string): Promise<readonly string[]> {
  const [only, ...others] = await routesIn(typeof files === 'string' ? { 'src/app.js': files } : files);
  assert.deepEqual(others, []);
  return only?.split('; ') ?? [];
}

describe('paths of routes in Fastify', () => {
  it('begin with the prefixes of all plugins around them', async () => {
    const told = await routesOf({
      'src/app.js': `import Fastify from 'fastify';
import { api } from './api.js';
const app = Fastify();
app.register(api, { prefix: '/api' });
app.get('/', home);
app.listen({ port: 1 });
`,
      'src/api.js': `import boats from './boats.js';
export async function api(fastify, options) {
  await fastify.register(boats, { prefix: '/boats' });
  fastify.register(async (inner) => {
    inner.post('/login', login);
  });
}
`,
      'src/boats.js': `export default async (fastify) => {
  fastify.get('/', list);
  fastify.route({ method: 'DELETE', url: '/:id', handler: sink });
  fastify.put('/:id', { schema: rename, handler: change });
};
`,
    });
    assert.deepEqual(told, [
      'delete /api/boats/:id',
      'get /',
      'get /api/boats',
      'post /api/login',
      'put /api/boats/:id schema',
    ]);
  });

  it('run the hooks of their own plugin and of those around it, and those of plugins that share', async () => {
    const told = await routesOf({
      'src/app.ts': `import Fastify from 'fastify';
import fp from 'fastify-plugin';
import boats from './boats';
import door from './door';
const app = Fastify();
app.register(door);
app.register(boats, { prefix: '/boats' });
app.register(fp(async (instance) => { instance.addHook('onRequest', logged); }));
app.post('/login', login);
app.listen({ port: 1 });
`,
      'src/door.ts': `import fp from 'fastify-plugin';
export default fp(async (fastify) => {
  fastify.decorate('authenticate', check);
  fastify.addHook('onRequest', limited);
}, { name: 'door' });
`,
      'src/boats.ts': `export default async function boats(fastify) {
  fastify.addHook('onRequest', fastify.authenticate);
  fastify.get('/', list);
}
`,
    });
    assert.deepEqual(told, [
      'get /boats logged limited authenticate',
      'post /login logged limited',
      'unfollowed logged limited',
    ]);
  });

  it('are told apart where a plugin is registered twice, and a plugin that registers itself ends', async () => {
    const told = await routesOf(`const app = require('fastify')();
async function boats(fastify) {
  fastify.get('/boats', list);
  fastify.register(boats, { prefix: '/more' });
}
app.register(boats, { prefix: '/v1' });
app.register(boats, { prefix: process.env.BASE });
app.listen({ port: 1 });
`);
    assert.ok(told.includes('get /v1/boats'), told.join());
    assert.ok(told.includes('get /**/boats'), told.join());
    assert.ok(told.length < 30, told.join());
  });

  it('follow the folders that are loaded', async () => {
    const told = await routesOf({
      'src/app.ts': `import path from 'node:path';
import Fastify from 'fastify';
import autoload from '@fastify/autoload';
const app = Fastify();
app.register(autoload, { dir: path.join(import.meta.dirname, 'plugins') });
app.register(autoload, { dir: path.join(import.meta.dirname, 'routes'), autoHooks: true, options: { prefix: '/api' } });
app.listen({ port: 1 });
`,
      'src/plugins/limits.ts': `import fp from 'fastify-plugin';
import limit from '@fastify/rate-limit';
export default fp(async (fastify) => { fastify.register(limit, { max: 9 }); });
`,
      'src/routes/home.ts': "export default async (fastify) => { fastify.get('/', home); };\n",
      'src/routes/boats/autohooks.ts':
        "import { door } from '../../door';\nexport default async (fastify) => { fastify.addHook('onRequest', door); };\n",
      'src/routes/boats/index.ts': "export default async (fastify) => { fastify.get('/', list); };\n",
      'src/routes/boats/ignored.ts': "export default async (fastify) => { fastify.get('/never', list); };\n",
      'src/routes/boats/_id/index.ts': "export default async (fastify) => { fastify.get('/crew', list); };\n",
      'src/routes/admin.ts':
        "export const autoPrefix = '/back';\nexport default async (fastify) => { fastify.get('/users', list); };\n",
      'src/door.ts': 'export const door = async (request, reply) => { if (!request.user) reply.code(401); };\n',
    });
    assert.deepEqual(told, [
      'get /api rate-limit',
      'get /api/back/users rate-limit',
      'get /api/boats rate-limit door',
      'get /api/boats/:id/crew rate-limit door',
    ]);
  });

  it('are not all known where the folder that is loaded is not', async () => {
    const told = await routesOf(`const app = require('fastify')();
app.register(require('@fastify/autoload'), { dir: process.argv[2] });
app.listen({ port: 1 });
`);
    assert.deepEqual(told, ['unfollowed @fastify/autoload']);
  });
});

describe('paths of routes in Koa', () => {
  it('begin with the prefix that a router was made with, was given, and is nested under', async () => {
    const told = await routesOf({
      'src/app.js': `const Koa = require('koa');
const mount = require('koa-mount');
const compose = require('koa-compose');
const Router = require('@koa/router');
const boats = require('./boats');
const other = new Koa();
const inner = new Router();
inner.get('/status', list);
other.use(inner.routes());
const app = new Koa();
const api = new Router({ prefix: '/api' });
api.post('/login', login);
api.use('/boats', boats.routes(), boats.allowedMethods());
app.use(compose([first, second]));
app.use(api.routes());
app.use(mount('/other', other));
app.listen(1);
`,
      'src/boats.js': `const Router = require('@koa/router');
const { VERSION } = require('./version');
const router = new Router();
router.prefix(VERSION);
router.get('/:id', show);
module.exports = router;
`,
      'src/version.js': "exports.VERSION = '/v2';\n",
    });
    assert.deepEqual(told, [
      'get /api/boats/v2/:id first second',
      'get /other/status first second',
      'post /api/login first second',
      'unfollowed first second',
    ]);
  });
});

describe('paths of routes in Hono', () => {
  it('begin with what applications are mounted under and with their base', async () => {
    const told = await routesOf({
      'src/index.ts': `import { Hono } from 'hono';
import { boats } from './boats';
const base = new Hono();
const app = base.basePath('/api');
app.use('/boats/*', door);
app.post('/login', login).get('/me', me);
app.route('/boats', boats);
base.get('/health', fine);
export default base;
`,
      'src/boats.ts': `import { Hono } from 'hono';
export const boats = new Hono().basePath('/v1').get('/', list).delete('/:id', sink);
`,
    });
    assert.deepEqual(told, [
      'delete /api/boats/v1/:id door',
      'get /api/boats/v1 door',
      'get /api/me',
      'get /health',
      'post /api/login',
      'unfollowed door',
    ]);
  });
});

describe('paths of routes in Nest', () => {
  const main = (settings: string) => `import { NestFactory } from '@nestjs/core';
import { VersioningType } from '@nestjs/common';
import { AppModule } from './app.module';
const app = await NestFactory.create(AppModule);
${settings}
await app.listen(1);
`;
  const controllers = {
    'src/boats.controller.ts': `import { Controller, Get, Post, Version } from '@nestjs/common';
import { PATHS } from './paths';
@Controller(PATHS.boats)
export class BoatsController {
  @Get() list() {}
  @Post(':id/sink') @Version('2') sink() {}
}
`,
    'src/health.controller.ts': `import { Controller, Get, VERSION_NEUTRAL } from '@nestjs/common';
@Controller({ path: ['health', 'alive'], version: VERSION_NEUTRAL })
export class HealthController {
  @Get() show() {}
}
`,
    'src/paths.ts': "export const PATHS = { boats: 'boats' } as const;\n",
  };

  it('begin with the global prefix, but for those that it leaves out', async () => {
    const told = await routesOf({
      'src/main.ts': main("app.setGlobalPrefix('api', { exclude: ['boats'] });"),
      ...controllers,
    });
    assert.deepEqual(told, ['get /api/health|/api/alive', 'get /boats', 'post /api/boats/:id/sink']);
  });

  it('hold versions where they stand in paths', async () => {
    const settings =
      "app.setGlobalPrefix('api');\napp.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });";
    const told = await routesOf({ 'src/main.ts': main(settings), ...controllers });
    assert.deepEqual(told, ['get /api/health|/api/alive', 'get /api/v1/boats', 'post /api/v2/boats/:id/sink']);
  });

  it('belong to the application in whose folder their controllers are', async () => {
    const files = {
      'apps/shop/src/main.ts': main("app.setGlobalPrefix('shop');"),
      'apps/shop/src/boats.controller.ts': controllers['src/boats.controller.ts'].replace('PATHS.boats', "'boats'"),
      'apps/office/src/main.ts': main(''),
      'libs/health/src/health.controller.ts': controllers['src/health.controller.ts'],
    };
    assert.deepEqual(await routesIn(files), [
      'get /shop/boats; get /shop/health|/shop/alive; post /shop/boats/:id/sink',
      'get /health|/alive',
    ]);
  });
});

describe('paths of routes in Express', () => {
  it('begin with what their routers are nested under, wherever that is written', async () => {
    const told = await routesOf({
      'src/app.js': `const express = require('express');
const { BASE } = require('./config');
const app = express();
app.use(BASE, require('./api'));
app.listen(1);
`,
      'src/config.js': "module.exports = { BASE: '/api' };\n",
      'src/api.js': `const { Router } = require('express');
const boats = require('./boats');
const users = require('./users');
const router = Router();
const all = [{ path: '/boats', route: boats }, { path: '/users', route: users }];
all.forEach((one) => { router.use(one.path, one.route); });
module.exports = router;
`,
      'src/boats.js': `const paths = require('./paths');
const router = require('express').Router();
router.route(paths.one).get(show).delete(sink);
router.get(paths.all, list);
module.exports = router;
`,
      'src/paths.js': "module.exports = { one: '/:id', all: '/' };\n",
      'src/users.js': `const express = require('express');
const router = express.Router();
const nested = express.Router({ mergeParams: true });
nested.post('/', create);
router.use('/:id/orders', nested);
module.exports = router;
`,
    });
    assert.deepEqual(told, [
      'delete /api/boats/:id',
      'get /api/boats',
      'get /api/boats/:id',
      'post /api/users/:id/orders',
    ]);
  });
});

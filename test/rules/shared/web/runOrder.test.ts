/** What the web model knows of the order in which applications are filled. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Middleware, WebApp, WebRoute } from '#rules/_shared/web/project/model.ts';
import { comesBefore } from '#rules/_shared/web/project/order.ts';
import { appProbe, toldBy } from './appProbe.ts';

const orderProbe = appProbe('probe-order', (app) => relations(app).join(' '));

/** `a<b` for each pair of which the order is known. */
function relations({ middleware, routes, errorHandlers }: WebApp): readonly string[] {
  const all = [...middleware, ...routes, ...errorHandlers];
  return all
    .flatMap((one) =>
      all.flatMap((other) => (comesBefore(one.order, other.order) === true ? [`${nameOf(one)}<${nameOf(other)}`] : [])),
    )
    .sort();
}

function nameOf(one: Middleware | WebRoute): string {
  return 'method' in one ? one.path : (one.names.at(-1) ?? '?').replace(/^.*[/.#]/, '');
}

/** Relations in an application over these files; `src/app.js` is a file by itself. */
async function orderIn(files: Readonly<Record<string, string>> | string): Promise<string> {
  const given = typeof files === 'string' ? { 'src/app.js': files } : files;
  const [only = '', ...others] = await toldBy(orderProbe, given, { express: '^4.18.0' });
  assert.deepEqual(others, []);
  return only;
}

const start = "const express = require('express');\nconst app = express();\n";

describe('the order of registrations', () => {
  it('is that of the lines of a file, and of links of a chain', async () => {
    const told = await orderIn(
      `${start}app.use(first).use(second);\napp.get('/boats', list);\napp.use(third);\napp.listen(1);\n`,
    );
    assert.equal(told, '/boats<third first</boats first<second first<third second</boats second<third');
  });

  it('follows functions to where they are called, not to where they stand', async () => {
    const functions =
      'function last() {\n  app.use(third);\n}\nconst early = (app) => {\n  app.use(first);\n};\nfunction register(app) {\n  early(app);\n  app.use(second);\n}\n';
    const told = await orderIn(`${start}${functions}register(app);\nlast(app);\napp.listen(1);\n`);
    assert.equal(told, 'first<second first<third second<third');
  });

  it('follows classes through constructor, fields and methods', async () => {
    const told = await orderIn({
      'src/app.ts':
        "import express from 'express';\nexport class Service {\n  app = express();\n  constructor() {\n    this.middleware();\n    this.routes();\n  }\n  private routes() {\n    this.app.get('/boats', list);\n  }\n  private middleware() {\n    this.app.use(first);\n  }\n  start() {\n    this.app.use(last);\n    this.app.listen(1);\n  }\n}\n",
      'src/main.ts': "import { Service } from './app';\nconst service = new Service();\nservice.start();\n",
    });
    assert.equal(told, '/boats<last first</boats first<last');
  });

  it('follows an application from its factory to callers in other files', async () => {
    const told = await orderIn({
      'src/app.js':
        "const express = require('express');\nmodule.exports = function createApp() {\n  const app = express();\n  app.use(first);\n  require('./loaders')(app);\n  return app;\n};\n",
      'src/loaders.js': 'module.exports = (app) => {\n  app.use(second);\n};\n',
      'src/main.js': "const createApp = require('./app');\nconst app = createApp();\napp.use(third);\napp.listen(1);\n",
    });
    assert.equal(told, 'first<second first<third second<third');
  });

  it('puts what the starting file adds behind what the module of the application did', async () => {
    const told = await orderIn({
      'src/app.js': `${start}app.use(first);\nmodule.exports = app;\n`,
      'src/server.js':
        "const http = require('http');\nconst app = require('./app');\napp.use(second);\nhttp.createServer(app).listen(1);\n",
    });
    assert.equal(told, 'first<second');
  });

  it('says nothing of a module that may be loaded at any time', async () => {
    const told = await orderIn({
      'src/app.js': `${start}module.exports = app;\nrequire('./routes');\napp.use(first);\napp.listen(1);\n`,
      'src/routes.js': "const app = require('./app');\napp.get('/boats', list);\n",
    });
    assert.equal(told, '');
  });

  it('compares routes of routers by their mounts, then by their own order', async () => {
    const told = await orderIn(
      `${start}const router = express.Router();\nrouter.use(inner);\nrouter.get('/list', list);\napp.use(first);\napp.use('/boats', router);\napp.use(last);\napp.listen(1);\n`,
    );
    assert.equal(told, '/boats/list<last first</boats/list first<inner first<last inner</boats/list inner<last');
  });

  it('puts what promises call behind all that needs no waiting', async () => {
    const told = await orderIn(
      `${start}app.use(first);\nconnect().then(() => {\n  app.use(second);\n  app.use(third);\n  app.listen(1);\n});\napp.use(last);\n`,
    );
    assert.equal(told, 'first<last first<second first<third last<second last<third second<third');
  });

  it('puts what a function does after waiting behind its caller, which does not wait', async () => {
    const load =
      "async function loadRoutes(app) {\n  app.use(first);\n  await read();\n  app.get('/boats', list);\n}\n";
    assert.equal(
      await orderIn(`${start}${load}loadRoutes(app);\napp.use(last);\napp.listen(1);\n`),
      'first</boats first<last last</boats',
    );
    // Somebody waits.
    assert.equal(
      await orderIn(
        `${start}${load}async function main() {\n  await loadRoutes(app);\n  app.use(last);\n}\nmain();\napp.listen(1);\n`,
      ),
      '/boats<last first</boats first<last',
    );
    // Nobody can tell what is over when the caller goes on after waiting for something else.
    assert.equal(
      await orderIn(
        `${start}${load}async function main() {\n  loadRoutes(app);\n  await read();\n  app.use(last);\n}\nmain();\napp.listen(1);\n`,
      ),
      'first</boats first<last',
    );
  });

  it('says nothing of callbacks that may be called at any time', async () => {
    const told = await orderIn(
      `${start}app.use(first);\nopen(() => {\n  app.use(second);\n  app.use(third);\n});\napp.use(last);\napp.listen(1);\n`,
    );
    assert.equal(told, 'first<last second<third');
  });

  it('says nothing of what runs twice', async () => {
    const told = await orderIn(
      `${start}function add(app) {\n  app.use(second);\n}\nadd(app);\napp.use(first);\nadd(app);\napp.listen(1);\n`,
    );
    assert.equal(told, '');
  });

  it('is followed in a bounded number of steps', async () => {
    const calls = Array.from(
      { length: 12 },
      (_, at) => `function fill${at}(app) {\n${`  fill${at + 1}(app);\n`.repeat(12)}}\n`,
    ).join('');
    const began = performance.now();
    await orderIn(`${start}${calls}function fill12(app) {\n  app.use(first);\n}\nfill0(app);\napp.listen(1);\n`);
    assert.ok(performance.now() - began < 5000);
  });
});

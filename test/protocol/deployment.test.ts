/** What code, compose files, images and examples say of one another, while people edit one of them. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { shippedServer } from './support/bundle.ts';
import { start } from './support/start.ts';
import { untilFound } from './support/untilFound.ts';

const undocumented = 'config/env-undocumented';

const manifest = `{ "name": "harbour", "private": true, "dependencies": { "express": "^5.0.0" } }\n`;

const compose = `services:
  harbour:
    build: .
    environment:
      TIDE_URL: \${TIDE_URL}
      KEY: \${HARBOUR_KEY:?}
`;

const missing = 'reliability/health-endpoint-missing';

const server = `import express from 'express';

const app = express();
app.get('/api/health', (request, response) => response.json({ status: 'ok' }));
app.get('/tides', (request, response) => response.json([]));
app.listen(3000);
`;

const image = `FROM node:22-alpine
COPY . .
HEALTHCHECK CMD wget -qO- http://localhost:3000/healthz || exit 1
CMD ["node", "src/server.js"]
`;

describe('findings between the files of a service', { timeout: 600_000 }, () => {
  before(() => assert.ok(existsSync(shippedServer), 'dist/server.cjs is missing; run `npm run build`.'));

  it('tell what a compose file takes and the example does not name, until it does', async (t) => {
    const { client, folder } = await start(t, { server: shippedServer }, (files) => {
      files.write('package.json', manifest);
      files.write('src/tides.js', 'export const tides = process.env.TIDE_URL;\n');
      files.write('compose.yaml', compose);
      files.write('.env.example', 'TIDE_URL=\n');
    });
    const uri = folder.uri('compose.yaml');
    const example = folder.uri('.env.example');
    await untilFound(client, uri, undocumented, [5]);

    client.open(uri, compose, 1, 'yaml');
    const range = client.diagnostics(uri).find(({ code }) => code === undocumented)?.range;
    assert.ok(range);
    const actions = await client.actions(uri, range, ['quickfix']);
    const offered = actions.find(({ title }) => title.startsWith('Add HARBOUR_KEY to .env.example'));
    assert.ok(offered, `Offered: ${actions.map(({ title }) => title).join(', ')}`);
    client.open(example, readFileSync(join(folder.path, '.env.example'), 'utf8'), 1, 'dotenv');
    client.apply(offered.edit);
    assert.equal(client.document(example).getText(), 'TIDE_URL=\nHARBOUR_KEY=\n');
    await untilFound(client, uri, undocumented, []);

    client.replace(uri, 'HARBOUR_KEY:?', 'HARBOUR_SECRET:?');
    await untilFound(client, uri, undocumented, [5]);
    await untilFound(client, example, undocumented, [1]);
    client.replace(uri, 'HARBOUR_SECRET:?', 'HARBOUR_SECRET:-none');
    await untilFound(client, uri, undocumented, []);
    // A variable that a compose file alone reads is read.
    client.replace(uri, 'TIDE_URL: ', 'TIDE_KEY: $HARBOUR_KEY\n      TIDE_URL: ');
    await untilFound(client, example, undocumented, []);
  });

  it('tell what a check asks and the service does not serve, while routes come and go', async (t) => {
    const { client, folder } = await start(t, { server: shippedServer }, (files) => {
      files.write(
        'package.json',
        manifest.replace('"private"', '"scripts": { "start": "node src/server.js" }, "private"'),
      );
      files.write('src/server.js', server);
      files.write('Dockerfile', image);
    });
    const uri = folder.uri('Dockerfile');
    const code = folder.uri('src/server.js');
    await untilFound(client, uri, missing, [2]);

    client.open(code, server, 1, 'javascript');
    client.replace(
      code,
      "app.get('/tides'",
      "app.get('/healthz', (request, response) => response.send('ok'));\napp.get('/tides'",
    );
    await untilFound(client, uri, missing, []);
    client.replace(code, "'/healthz'", "'/readyz'");
    await untilFound(client, uri, missing, [2]);
    client.replace(code, "'/readyz'", "'/healthz'");
    await untilFound(client, uri, missing, []);
    client.replace(code, 'listen(3000)', 'listen(3001)');
    await untilFound(client, uri, missing, [2]);
    assert.match(
      JSON.stringify(client.diagnostics(uri)),
      /asks port 3000, and the application made in src\/server\.js listens on 3001/,
    );
    client.replace(code, 'listen(3001)', 'listen(3000)');
    await untilFound(client, uri, missing, []);
    client.replace(code, "'/healthz'", "'/readyz'");
    await untilFound(client, uri, missing, [2]);

    client.open(uri, image, 1, 'dockerfile');
    const range = client.diagnostics(uri).find((one) => one.code === missing)?.range;
    assert.ok(range);
    const actions = await client.actions(uri, range, ['quickfix']);
    const offered = actions.find(({ title }) => title.startsWith('Ask /readyz'));
    assert.ok(offered, `Offered: ${actions.map(({ title }) => title).join(', ')}`);
    client.apply(offered.edit);
    assert.match(client.document(uri).getText(), /localhost:3000\/readyz \|\| exit 1/);
    await untilFound(client, uri, missing, []);
  });

  it('tell what a workflow waits for and the program that it started does not serve', async (t) => {
    const workflow = `on: push
jobs:
  e2e:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: npm start &
      - run: npx wait-on http://localhost:3000/healthz
      - run: npm test
`;
    const { client, folder } = await start(t, { server: shippedServer }, (files) => {
      files.write(
        'package.json',
        manifest.replace('"private"', '"scripts": { "start": "node src/server.js" }, "private"'),
      );
      files.write('src/server.js', server);
      files.write('.github/workflows/e2e.yml', workflow);
    });
    const uri = folder.uri('.github/workflows/e2e.yml');
    await untilFound(client, uri, missing, [7]);

    client.open(uri, workflow, 1, 'yaml');
    // Whatever answers in a container may be meant.
    client.replace(uri, 'npm start &', 'docker compose up -d');
    await untilFound(client, uri, missing, []);
    client.replace(uri, 'docker compose up -d', 'npm ci\n      - run: npm start &');
    await untilFound(client, uri, missing, [8]);
    const range = client.diagnostics(uri).find(({ code }) => code === missing)?.range;
    assert.ok(range);
    const actions = await client.actions(uri, range, ['quickfix']);
    const offered = actions.find(({ title }) => title.startsWith('Ask /api/health'));
    assert.ok(offered, `Offered: ${actions.map(({ title }) => title).join(', ')}`);
    client.apply(offered.edit);
    await untilFound(client, uri, missing, []);
    assert.match(client.document(uri).getText(), /wait-on http:\/\/localhost:3000\/api\/health\n/);
  });

  it('tell what a workflow waits for in a container, while ports and services move', async (t) => {
    const workflow = `on: push
jobs:
  e2e:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: docker compose up --detach --wait
      - run: curl --fail http://localhost:8080/healthz
`;
    const services = `services:
  harbour:
    build: .
    ports: ["8080:3000"]
`;
    const { client, folder } = await start(t, { server: shippedServer }, (files) => {
      files.write('package.json', manifest);
      files.write('src/server.js', server);
      files.write('Dockerfile', image.replace(/HEALTHCHECK.*\n/, ''));
      files.write('compose.yaml', services);
      files.write('.github/workflows/e2e.yml', workflow);
    });
    const uri = folder.uri('.github/workflows/e2e.yml');
    const file = folder.uri('compose.yaml');
    await untilFound(client, uri, missing, [7]);

    client.open(file, services, 1, 'yaml');
    client.replace(file, '8080:3000', '8081:3000');
    await untilFound(client, uri, missing, []);
    client.replace(file, '8081:3000', '8080:3000');
    await untilFound(client, uri, missing, [7]);
    client.replace(file, 'build: .', 'build: .\n    command: node src/tides.js');
    await untilFound(client, uri, missing, []);
    client.replace(file, '\n    command: node src/tides.js', '');
    await untilFound(client, uri, missing, [7]);

    client.open(uri, workflow, 1, 'yaml');
    client.replace(
      uri,
      'docker compose up --detach --wait',
      'docker build -t harbour . && docker run -dp 8080:3000 harbour',
    );
    await untilFound(client, uri, missing, [7]);
    client.replace(uri, '-t harbour .', '-t quay .');
    await untilFound(client, uri, missing, []);
    client.replace(uri, '-t quay .', '-t harbour .');
    await untilFound(client, uri, missing, [7]);
    client.replace(uri, '/healthz', '/api/health');
    await untilFound(client, uri, missing, []);
  });

  it('tell what a check asks while middleware begins to answer', async (t) => {
    const passing = server.replace('app.get', 'app.use((request, response, next) => next());\napp.get');
    const { client, folder } = await start(t, { server: shippedServer }, (files) => {
      files.write('package.json', manifest);
      files.write('src/server.js', passing);
      files.write('Dockerfile', image);
    });
    const uri = folder.uri('Dockerfile');
    const code = folder.uri('src/server.js');
    await untilFound(client, uri, missing, [2]);

    client.open(code, passing, 1, 'javascript');
    client.replace(code, '=> next()', "=> (request.path.startsWith('/heal') ? response.send('ok') : next())");
    await untilFound(client, uri, missing, []);
    client.replace(code, "response.send('ok')", "response.status(403).send('no')");
    await untilFound(client, uri, missing, [2]);
  });
});

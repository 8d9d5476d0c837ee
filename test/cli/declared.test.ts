/** What packages of a monorepo declare in an airworthy.json of their own, on the command line. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { airworthy } from './airworthy.ts';
import { projectWith } from './project.ts';

const app = `import express from 'express';
import { keeper } from './door.js';
import { authenticate } from './authenticate.js';

const app = express();
app.post('/orders', authenticate, (req, res) => res.sendStatus(201));
app.delete('/orders/:id', keeper, (req, res) => res.sendStatus(204));
app.listen(3000);
`;

/** A service with a route that a guard runs for, and one that something runs for of which the code does not tell what it does. */
function service(name: string, declared?: object): Readonly<Record<string, string>> {
  const manifest = { name, private: true, scripts: { start: 'node src/app.js' }, dependencies: { express: '^5.0.0' } };
  return {
    [`services/${name}/package.json`]: JSON.stringify(manifest),
    [`services/${name}/src/app.js`]: app,
    [`services/${name}/src/door.js`]: 'export const keeper = (req, res, next) => next();\n',
    [`services/${name}/src/authenticate.js`]: 'export const authenticate = (req, res, next) => next();\n',
    ...(declared !== undefined && { [`services/${name}/airworthy.json`]: JSON.stringify(declared) }),
  };
}

test('each service of a monorepo declares its own providers and gateways', async () => {
  const root = projectWith({
    '.git/HEAD': '',
    'package.json': JSON.stringify({ name: 'shop', private: true, workspaces: ['services/*'] }),
    'airworthy.json': JSON.stringify({ gateways: [{ name: 'Kong', does: ['rateLimit'] }] }),
    ...service('orders', { providers: { authMiddleware: ['./src/door#keeper'] } }),
    ...service('mails', { gateways: [{ name: 'Envoy', apps: ['src/**'], does: ['authentication'] }] }),
    ...service('bills'),
  });
  const args = ['check', '--rule', 'security/route-unauthenticated', '--format', 'json', '--fail-on', 'never'];
  const { stdout, stderr } = await airworthy(args, root);
  assert.equal(stderr, '');
  const { findings }: { findings: readonly { path: string; message: string }[] } = JSON.parse(stdout);
  assert.deepEqual(
    findings.map(({ path }) => path),
    ['services/bills/src/app.js'],
  );
  assert.match(findings[0]?.message ?? '', /As airworthy\.json says: Kong in front limits requests\.$/);
});

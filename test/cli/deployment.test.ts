/** What code, compose files, images and examples say of one another, on the command line. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { airworthy } from './airworthy.ts';
import { projectWith } from './project.ts';

interface Found {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

async function found(root: string, rule: string): Promise<readonly Found[]> {
  const { stdout, stderr } = await airworthy(['check', '--rule', rule, '--format', 'json', '--fail-on', 'never'], root);
  assert.equal(stderr, '');
  const { findings }: { findings: readonly Found[] } = JSON.parse(stdout);
  return findings;
}

test('variables that compose files take belong into the example of their folder', async () => {
  const root = projectWith({
    '.git/HEAD': '',
    'package.json': JSON.stringify({ name: 'harbour', private: true }),
    '.env.example': 'TIDE_URL=\n',
    'compose.yaml': `services:
  tides:
    image: registry.example/tides
    environment:
      - TIDE_URL=$TIDE_URL
      - TIDE_KEY=\${TIDE_KEY:?}
`,
    'pilots/.env.sample': '# PILOT_COUNT=3\n',
    'pilots/docker-compose.yml':
      'services:\n  pilots:\n    image: registry.example/pilots\n    environment:\n      - PILOT_COUNT\n      - PILOT_KEY\n',
  });
  const findings = await found(root, 'config/env-undocumented');
  assert.deepEqual(
    findings.map(({ path, line }) => `${path}:${line}`),
    ['compose.yaml:6', 'pilots/docker-compose.yml:6'],
  );
  assert.match(
    findings[0]?.message ?? '',
    /^Compose starts nothing while TIDE_KEY is not set.*Add it to \.env\.example\.$/,
  );
  assert.match(findings[1]?.message ?? '', /^PILOT_KEY comes from.*Add it to pilots\/\.env\.sample\.$/);
  writeFileSync(join(root, 'pilots/.env.sample'), '# PILOT_COUNT=3\nPILOT_KEY=\n');
  assert.deepEqual(
    (await found(root, 'config/env-undocumented')).map(({ path, line }) => `${path}:${line}`),
    ['compose.yaml:6'],
  );
});

test('checks of images and compose files ask what each service of a monorepo serves', async () => {
  const service = (name: string, route: string): Readonly<Record<string, string>> => ({
    [`services/${name}/package.json`]: JSON.stringify({
      name,
      private: true,
      scripts: { start: 'node app.js' },
      dependencies: { express: '^5.0.0' },
    }),
    [`services/${name}/app.js`]: `import express from 'express';\n\nconst app = express();\napp.get('${route}', (req, res) => res.json({}));\napp.listen(3000);\n`,
    [`services/${name}/Dockerfile`]:
      'FROM node:22\nCOPY . .\nHEALTHCHECK CMD curl -f http://localhost:3000/healthz\nCMD ["node", "app.js"]\n',
  });
  const root = projectWith({
    '.git/HEAD': '',
    'package.json': JSON.stringify({ name: 'harbour', private: true, workspaces: ['services/*'] }),
    ...service('tides', '/healthz'),
    ...service('berths', '/berths/health'),
    'compose.yaml':
      'services:\n  tides:\n    build: services/tides\n    healthcheck:\n      test: ["CMD", "curl", "-f", "http://localhost:8080/healthz"]\n  berths:\n    build: ./services/berths\n    healthcheck:\n      test: ["CMD", "curl", "-f", "http://localhost:3000/berths/health"]\n',
  });
  const findings = await found(root, 'reliability/health-endpoint-missing');
  assert.deepEqual(
    findings.map(({ path, line, message }) => `${path}:${line} ${message.split(',')[0]}`),
    ['compose.yaml:5 This check asks port 8080', 'services/berths/Dockerfile:3 This check asks /healthz'],
  );
});

test('probes of manifests ask what the service in their image serves, as the manifest starts it', async () => {
  const app = `const app = require('express')();
app.get('/api/health', (request, response) => response.json({ status: 'ok' }));
app.get('/tides', (request, response) => response.json([]));
app.listen(process.env.PORT || 3000);
`;
  const deployment = (probe: string, beside = ''): string => `apiVersion: v1
kind: List
items:
  - apiVersion: apps/v1
    kind: Deployment
    metadata: { name: tides }
    spec:
      template:
        spec:
          containers:
            - name: tides
              image: ghcr.io/harbour/tides:3
              env: [{ name: PORT, value: "4000" }]
              ${beside}
              livenessProbe: { httpGet: ${probe} }
`;
  const root = projectWith({
    '.git/HEAD': '',
    'package.json': JSON.stringify({
      name: 'tides',
      private: true,
      scripts: { start: 'node app.js' },
      dependencies: { express: '^5.0.0' },
    }),
    'app.js': app,
    Dockerfile: 'FROM node:22-alpine\nCOPY . .\nCMD ["node", "app.js"]\n',
    'k8s/tides.yaml': deployment('{ path: /healthz, port: 4000 }'),
  });
  const rule = 'reliability/health-endpoint-missing';
  const told = async (): Promise<readonly string[]> =>
    (await found(root, rule)).map(({ path, line, message }) => `${path}:${line} ${message.split(',')[0]}`);
  assert.deepEqual(await told(), ['k8s/tides.yaml:15 This check asks /healthz']);

  writeFileSync(join(root, 'k8s/tides.yaml'), deployment('{ path: /api/health, port: 3000 }'));
  assert.deepEqual(await told(), ['k8s/tides.yaml:15 This check asks port 3000']);

  // Another program of the same image, and a template that is no manifest yet.
  writeFileSync(join(root, 'k8s/tides.yaml'), deployment('{ path: /healthz, port: 4000 }', 'args: [node, worker.js]'));
  writeFileSync(
    join(root, 'k8s/chart.yaml'),
    deployment('{ path: /healthz, port: 4000 }').replace('name: tides }', 'name: {{ .Release.Name }} }'),
  );
  assert.deepEqual(await told(), []);
});

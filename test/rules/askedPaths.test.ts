/** Which shapes of code may answer a check whose path no route is called like: nothing is said of those. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '#rules/index.generated.ts';
import { findingLines, root, workspaceOver } from '../engine/workspaceKit.ts';
import { answeredByExpress, unansweredByExpress } from './askedPaths/express.ts';
import { answeredByOthers, unansweredByOthers } from './askedPaths/fastifyAndHono.ts';
import { answeredByNest, unansweredByNest } from './askedPaths/nest.ts';
import type { Shape } from './askedPaths/shape.ts';

const rule = rules.filter(({ id }) => id === 'reliability/health-endpoint-missing');
const frameworks = ['express', 'fastify', 'hono', '@hono/node-server', '@nestjs/common', '@nestjs/core'];

/** What is said of the check of an image that holds the service. */
async function saidOf({ server, packages = [], files = {}, asks = 'http://localhost:3000/health' }: Shape) {
  const used = [...frameworks.filter((name) => server.includes(`'${name}'`)), ...packages];
  const manifest = {
    name: 'quay',
    private: true,
    type: 'module',
    scripts: { start: 'node src/server.js' },
    dependencies: Object.fromEntries(used.map((name) => [name, '*'])),
  };
  const texts = new Map([
    [`${root}/package.json`, JSON.stringify(manifest)],
    [`${root}/src/server.ts`, server],
    [
      `${root}/Dockerfile`,
      `FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nHEALTHCHECK CMD curl -f ${asks} || exit 1\nCMD ["node", "src/server.js"]\n`,
    ],
    ...Object.entries(files).map(([path, text]) => [`${root}/${path}`, text] as const),
  ]);
  const workspace = workspaceOver(texts, rule);
  workspace.refresh([...texts.keys()]);
  const lines = await findingLines(workspace, `${root}/Dockerfile`);
  assert.deepEqual(workspace.failures(), []);
  workspace.dispose();
  return lines;
}

for (const shape of [...answeredByExpress, ...answeredByOthers, ...answeredByNest]) {
  test(`a check may be answered: ${shape.name}`, async () => assert.deepEqual(await saidOf(shape), []));
}

for (const shape of [...unansweredByExpress, ...unansweredByOthers, ...unansweredByNest]) {
  test(`a check is not answered: ${shape.name}`, async () => {
    const [line, ...others] = await saidOf(shape);
    assert.match(line ?? 'nothing is said', /This check asks/);
    assert.deepEqual(others, []);
  });
}

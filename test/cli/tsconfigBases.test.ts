/** What projects of a monorepo take from bases and override, on the command line. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { airworthy } from './airworthy.ts';
import { projectWith } from './project.ts';

const beyond = { noImplicitReturns: true, noUncheckedIndexedAccess: true };

/** Runs the rule over a monorepo whose packages have these tsconfig files. */
async function found(tsconfigs: Readonly<Record<string, object>>): Promise<readonly string[]> {
  const root = projectWith({
    'package.json': JSON.stringify({ name: 'harbour', private: true, workspaces: ['packages/*'] }),
    'packages/rules/package.json': JSON.stringify({ name: '@harbour/rules', private: true }),
    ...Object.fromEntries(Object.entries(tsconfigs).map(([path, content]) => [path, JSON.stringify(content)])),
  });
  const args = ['check', '--rule', 'config/tsconfig-not-strict', '--format', 'json', '--fail-on', 'never'];
  const { stdout, stderr } = await airworthy(args, root);
  assert.equal(stderr, '');
  const { findings }: { findings: readonly { path: string; message: string }[] } = JSON.parse(stdout);
  return findings.map(({ path, message }) => `${path}: ${message.split(',')[0]}`);
}

const loose = { compilerOptions: { strict: false, strictNullChecks: false, ...beyond } };
const strict = { compilerOptions: { strict: true } };

test('a base of a package is reported for the project that keeps what it says', async () => {
  assert.deepEqual(
    await found({
      'packages/rules/old.json': loose,
      'packages/rules/strict.json': strict,
      'packages/api/tsconfig.json': { extends: ['@harbour/rules/old', '@harbour/rules/strict.json'] },
      'packages/jobs/tsconfig.json': {
        extends: '@harbour/rules/old.json',
        compilerOptions: { strict: true, strictNullChecks: true },
      },
    }),
    ['packages/rules/old.json: strictNullChecks is off although strict is on'],
  );
});

test('a base of a package is not reported when every project says otherwise', async () => {
  assert.deepEqual(
    await found({
      'packages/rules/old.json': loose,
      'packages/rules/server.json': { extends: './old.json', compilerOptions: { strictNullChecks: true } },
      'packages/api/tsconfig.json': { extends: '@harbour/rules/server', ...strict },
      'packages/jobs/tsconfig.json': { extends: ['@harbour/rules/server.json', '../api/tsconfig'] },
    }),
    [],
  );
});

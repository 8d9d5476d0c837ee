import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { airworthy } from './airworthy.ts';
import { projectWith } from './project.ts';

/** A copy of an example without its own checklist, so that only the written one speaks. */
function copyOf(example: string): string {
  const root = projectWith({});
  cpSync(fileURLToPath(new URL(`../../examples/${example}`, import.meta.url)), root, {
    recursive: true,
    filter: (path) => !/READINESS\.md$|node_modules/.test(path),
  });
  return root;
}

interface Item {
  readonly title: string;
  readonly status: string;
  readonly verdict: string;
  readonly priority: string | null;
}

/** Writes a checklist and answers how each of its items is judged afterwards. */
async function written(root: string): Promise<{ readonly text: string; readonly items: readonly Item[] }> {
  const { code, stdout, stderr } = await airworthy(['init'], root);
  assert.deepEqual([code, stdout], [0, ''], stderr);
  const text = readFileSync(join(root, 'READINESS.md'), 'utf8');
  const tree = JSON.parse((await airworthy(['checklist', '--format', 'json', '--fail-on', 'never'], root)).stdout);
  const document = tree.documents.find(({ path }: { readonly path: string }) => path === 'READINESS.md');
  return { text, items: document?.items ?? [] };
}

test('the example: every item has a verdict, and those with findings are open and say how many', async () => {
  const { text, items } = await written(copyOf('service'));
  assert.match(text, /written for Express, Socket\.IO, .*Prisma, Jest, Docker and Docker Compose\./);
  assert.equal(items.length, text.match(/^- \[[ x]\] /gm)?.length);
  const bypass = items.find(({ title }) => title.startsWith('No environment flag'));
  assert.deepEqual([bypass?.status, bypass?.verdict, bypass?.priority], ['open', 'open', 'P0']);
  assert.match(text, /check of access\*\* - 6 findings <!-- airworthy: security\/env-auth-bypass -->/);
  // Nothing that was just written is wrong at once.
  assert.deepEqual(
    items.filter(({ status, verdict }) => (status === 'done') !== (verdict === 'verified')),
    [],
  );
});

test('its corrected twin: every item that a rule decides about is ticked, and verified', async () => {
  const { items } = await written(copyOf('service-fixed'));
  const done = items.filter(({ status }) => status === 'done');
  assert.ok(done.length > 5);
  assert.deepEqual([...new Set(done.map(({ verdict }) => verdict))], ['verified']);
  assert.deepEqual([...new Set(items.filter((item) => !done.includes(item)).map(({ priority }) => priority))], [null]);
});

test('an empty folder gets what only people can do', async () => {
  const { text, items } = await written(projectWith({}));
  assert.doesNotMatch(text, /airworthy: /);
  assert.ok(items.length > 0 && items.every(({ verdict }) => verdict === 'open'));
});

test('a file that is there is only replaced by --force, and --dry-run writes nothing', async () => {
  const root = projectWith({ 'READINESS.md': 'mine\n' });
  const refused = await airworthy(['init'], root);
  assert.deepEqual([refused.code, refused.stdout], [2, '']);
  assert.match(refused.stderr, /There is a file "READINESS\.md" already\. Say --force/);
  const dry = await airworthy(['init', '--dry-run'], root);
  assert.equal(dry.code, 0);
  assert.match(dry.stdout, /^# Production readiness\n/);
  assert.equal(readFileSync(join(root, 'READINESS.md'), 'utf8'), 'mine\n');
  const other = await airworthy(['init', '--output', 'docs/GO.md'], root);
  assert.deepEqual([other.code, existsSync(join(root, 'docs/GO.md'))], [0, true]);
  assert.equal((await airworthy(['init', '--force'], root)).code, 0);
  assert.match(readFileSync(join(root, 'READINESS.md'), 'utf8'), /^# Production readiness\n/);
});

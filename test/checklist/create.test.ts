import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { type Category, register, rule } from '#api';
import { createChecklist } from '#engine/checklist/create/create.ts';
import { stackOf } from '#engine/checklist/create/stack.ts';
import type { RuleState } from '#engine/checklist/view.ts';
import { judge, workspaceOf } from './judgeWorkspace.ts';

const made = (category: Category, name: string, meta: { readonly promise?: string; readonly enabled?: boolean } = {}) =>
  register(
    category,
    name,
    rule({
      meta: { priority: 'P1', since: 'next', messages: {}, summary: 'Doors that stay open.', topics: [], ...meta },
      options: z.strictObject({}),
    }),
  );

/** A workspace in which every rule gives the same answer. */
const source = (files: Readonly<Record<string, string>>, state: RuleState, findings = 0) => ({
  root: '/w',
  paths: () => Object.keys(files).map((path) => `/w/${path}`),
  text: (path: string) => files[path.slice(3)],
  ruleAnswer: () => ({ state, findings }),
});

test('an item is made of what the rule says of itself', () => {
  const rules = [made('security', 'doors', { promise: 'Every door shuts' }), made('data', 'gates')];
  const text = createChecklist(source({}, 'findings', 1), rules);
  assert.match(text, /- \[ \] \*\*Every door shuts\*\* - 1 finding <!-- airworthy: security\/doors -->/);
  assert.match(
    text,
    /- \[ \] \*\*Nothing of this kind is left: doors that stay open\*\* - 1 finding <!-- airworthy: data\/gates -->/,
  );
});

test('ticked only when the rule had something to look at; without, left out; when it cannot tell, open', () => {
  const rules = [made('security', 'doors')];
  assert.match(createChecklist(source({}, 'clean'), rules), /- \[x\] .*security\/doors/);
  assert.match(createChecklist(source({}, 'unknown'), rules), /- \[ \] .*security\/doors/);
  assert.doesNotMatch(createChecklist(source({}, 'nothing'), rules), /security\/doors/);
  assert.doesNotMatch(createChecklist(source({}, 'clean'), [made('security', 'doors', { enabled: false })]), /doors/);
});

test('rules of a technology, and what people have to do for it, only where it is used', () => {
  const rules = [made('security', 'electron-doors'), made('security', 'doors')];
  const without = createChecklist(source({ 'package.json': '{"dependencies":{"express":"5"}}' }, 'clean'), rules);
  const used = createChecklist(
    source({ 'apps/a/package.json': '{"devDependencies":{"electron":"30"}}' }, 'clean'),
    rules,
  );
  assert.deepEqual([/electron-doors/.test(without), /Sign the application/.test(without)], [false, false]);
  assert.deepEqual([/electron-doors/.test(used), /Sign the application/.test(used)], [true, true]);
});

test('the stack shows in package.json files and in names of files; broken ones say nothing', () => {
  const names = (files: Readonly<Record<string, string>>) => stackOf(source(files, 'clean')).map(({ name }) => name);
  assert.deepEqual(names({ 'package.json': '\ufeff{"dependencies":{"pg":"8","bullmq":"5"}}' }), [
    'PostgreSQL',
    'BullMQ',
  ]);
  assert.deepEqual(names({ Dockerfile: '', 'compose.yaml': '', '.github/workflows/ci.yml': '' }), [
    'Docker',
    'Docker Compose',
    'GitHub Actions',
  ]);
  for (const manifest of ['', '{', '[]', 'null', '{"dependencies":[1]}', '{"dependencies":"express"}', '"express"'])
    assert.deepEqual(names({ 'package.json': manifest }), []);
});

test('through a real workspace, and the same text each time', async () => {
  const files = { 'src/frame.ts': "document.createElement('iframe').sandbox.add('allow-scripts');\n" };
  const { rules } = await import('#rules/index.generated.ts');
  const first = createChecklist(await judge(workspaceOf(files)), rules);
  assert.match(first, /- \[x\] .*security\/iframe-sandbox-escape/);
  assert.equal(createChecklist(await judge(workspaceOf(files)), rules), first);
});

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { type Fix, type RegisteredRule, register, rule, ts } from '#api';
import { projectWith } from './project.ts';
import { runSample } from './runSample.ts';

type Edits = Fix<unknown>['edits'];

/** A rule about calls of a made-up function whose fix calls itself safe. */
function callsOf(name: string, edits: Edits, deferred = false): RegisteredRule {
  return register(
    'reliability',
    `no-${name}`,
    rule({
      meta: { since: 'next', summary: name, topics: [], priority: 'P2', messages: { found: `Do not call ${name}().` } },
      options: z.strictObject({}),
      node: {
        on: {
          CallExpression(node, ctx) {
            if (ts.isIdentifier(node.expression) && node.expression.text === name) ctx.report(node, 'found');
          },
        },
      },
      fixes: { found: [{ title: 'Take it out', safety: 'safe', deferred, edits }] },
    }),
  );
}

const beside = (path: string, name: string): string => path.replace(/[^/]+$/, name);

const rules = [
  callsOf('alone', (ctx, finding) => [ctx.replace(finding, 'fixed')]),
  callsOf('both', (ctx, finding) => {
    const path = beside(ctx.path, 'notes.json');
    const end = ctx.source(path)?.text.length ?? 0;
    return [ctx.replace(finding, 'fixed'), { path, start: end, end, newText: '\n' }];
  }),
  callsOf('created', (ctx, finding) => [
    ctx.replace(finding, 'fixed'),
    { path: beside(ctx.path, 'made.ts'), create: 'export {};\n' },
  ]),
  callsOf('later', (ctx, finding) => [ctx.replace(finding, 'fixed')], true),
];

const source = 'alone();\nboth();\ncreated();\nlater();\n';

test('only what --fix applies is announced as safe', async () => {
  const root = projectWith({ 'a.ts': source, 'notes.json': '{}\n' });
  const { findings } = await runSample(root, { rules });
  const announced = Object.fromEntries(findings.map(({ rule: id, fix }) => [id, fix]));
  assert.deepEqual(announced, {
    'reliability/no-alone': 'safe',
    'reliability/no-both': 'suggest',
    'reliability/no-created': 'suggest',
    'reliability/no-later': 'suggest',
  });
});

test('--fix keeps what it announced, and leaves fixes over several files whole', async () => {
  const root = projectWith({ 'a.ts': source, 'notes.json': '{}\n' });
  const { findings, stats } = await runSample(root, { rules, fix: true });
  assert.equal(readFileSync(join(root, 'a.ts'), 'utf8'), source.replace('alone()', 'fixed'));
  assert.equal(readFileSync(join(root, 'notes.json'), 'utf8'), '{}\n');
  assert.equal(existsSync(join(root, 'made.ts')), false);
  assert.deepEqual([stats.fixed, stats.filesFixed], [1, 1]);
  assert.deepEqual(
    findings.map(({ fix }) => fix),
    ['suggest', 'suggest', 'suggest'],
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { type Anchor, facet, register, rule, type ts } from '#api';
import { createWorkspace } from '#engine/workspace/create.ts';
import { findingLines, mapHost, openConfiguration, root, workspaceOver } from './workspaceKit.ts';

const path = `${root}/src/a.ts`;

const starts = facet<ts.Node, { readonly at: Anchor }>({
  name: 'probe-starts',
  collect: { CallExpression: (node): ts.Node | undefined => (node.getText() === 'start()' ? node : undefined) },
  fold(scope, ctx) {
    const [first] = [...scope.all()];
    return first && { at: ctx.at(first) };
  },
});

let runs = 0;

/** project: a start without a lock file, which is of no kind that is read. */
const unlocked = register(
  'config',
  'probe-unlocked',
  rule({
    meta: {
      priority: 'P2',
      since: 'next',
      summary: 'A probe.',
      topics: [],
      messages: { none: 'no lock file' },
    },
    options: z.strictObject({}),
    project: {
      facets: [starts],
      check(ctx) {
        runs++;
        if (ctx.exists(`${ctx.root}/yarn.lock`)) return;
        for (const { path: file, value } of ctx.all(starts)) {
          ctx.report({ path: file, facet: starts, anchor: value.at }, 'none');
        }
      },
    },
  }),
);

test('a check that asks whether a file is there runs again when that changes, and only then', async () => {
  const files = new Map([[path, 'start();\n']]);
  const workspace = workspaceOver(files, [unlocked]);
  workspace.refresh([path]);
  const told: string[] = [];
  workspace.onDidInvalidate((_paths, lane) => told.push(lane));
  assert.equal((await findingLines(workspace, path)).length, 1);

  files.set(`${root}/yarn.lock`, '');
  told.length = 0;
  workspace.presenceChanged();
  assert.deepEqual(told, ['project']);
  assert.deepEqual(await findingLines(workspace, path), []);

  const before = runs;
  told.length = 0;
  files.set(`${root}/other.bin`, '');
  workspace.presenceChanged();
  assert.deepEqual([told, await findingLines(workspace, path), runs], [[], [], before]);

  files.delete(`${root}/yarn.lock`);
  workspace.presenceChanged();
  assert.equal((await findingLines(workspace, path)).length, 1);
});

test('what a check says is shown although the update was left right after it ran', async () => {
  const files = new Map([[path, 'start();\n']]);
  const workspace = workspaceOver(files, [unlocked]);
  workspace.refresh([path]);
  assert.equal((await findingLines(workspace, path)).length, 1);

  files.set(`${root}/yarn.lock`, '');
  workspace.presenceChanged();
  const before = runs;
  // No time at all: it pauses after each check, and is not wanted any more by then.
  const leaving = { budget: 0, superseded: false, pause: async () => {} };
  leaving.pause = async () => {
    leaving.superseded = runs > before;
  };
  assert.equal(await workspace.analyze(path, 'project', leaving), 'superseded');
  assert.equal(runs, before + 1);
  assert.deepEqual(await findingLines(workspace, path), []);
});

const lost = register(
  'config',
  'probe-lost',
  rule({
    meta: { priority: 'P2', since: 'next', summary: 'A probe.', topics: [], messages: { lost: 'not kept' } },
    options: z.strictObject({}),
    project: {
      facets: [starts],
      check(ctx) {
        if (!ctx.isIgnored(`${ctx.root}/made`)) return;
        for (const { path: file, value } of ctx.all(starts)) {
          ctx.report({ path: file, facet: starts, anchor: value.at }, 'lost');
        }
      },
    },
  }),
);

test('a check that asks whether git ignores a path runs again when that changes', async () => {
  const files = new Map([[path, 'start();\n']]);
  const ignored = new Set<string>();
  const host = { ...mapHost(files), isIgnored: (_root: string, asked: string) => ignored.has(asked) };
  const workspace = createWorkspace({ root, rules: [lost], host, configuration: openConfiguration([lost]) });
  workspace.refresh([path]);
  assert.deepEqual(await findingLines(workspace, path), []);

  ignored.add(`${root}/made`);
  workspace.presenceChanged();
  assert.equal((await findingLines(workspace, path)).length, 1);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Recipe, RecipeFile } from '#rules/_shared/delivery/recipeFile.ts';
import { recipeRuns } from '#rules/_shared/delivery/recipeRuns.ts';

function recipe(targets: readonly string[], needs: readonly string[] = [], folder?: string): Recipe {
  return { targets, needs, commands: [], certain: [], deciding: [], ...(folder !== undefined && { folder }) };
}

const files: ReadonlyMap<string, RecipeFile> = new Map([
  [
    '/w/Taskfile.yml',
    {
      kind: 'taskfile',
      goal: 'default',
      includes: [],
      parts: [
        { name: 'web', path: './apps/web', folder: 'apps/web' },
        { name: '', path: 'tasks/flat.yml' },
        { name: 'gone', path: '{{.OS}}.yml' },
      ],
      recipes: [
        recipe(['ci', 'c'], ['style', 'web:specs']),
        recipe(['style'], [], 'tools'),
        recipe(['open'], ['{{.NAME}}']),
        recipe(['circle'], ['circle']),
      ],
    },
  ],
  [
    '/w/apps/web/Taskfile.dist.yaml',
    {
      kind: 'taskfile',
      goal: 'default',
      includes: [],
      recipes: [recipe(['default'], ['specs']), recipe(['specs'], [':style', 'types']), recipe(['types'], [], '/opt')],
    },
  ],
  ['/w/tasks/flat.yml', { kind: 'taskfile', goal: 'default', includes: [], recipes: [recipe(['flat'], ['ci'])] }],
]);

function runs(command: string, folder = '/w'): string | undefined {
  return recipeRuns(command, folder, files)
    ?.map(({ path, name, folder: at }) => `${path.slice(3, path.lastIndexOf('/'))}:${name}@${at.slice(3)}`)
    .join(' ');
}

for (const [command, expected] of [
  ['task style', ':style@tools'],
  ['go-task --silent style X=1 -- ci', ':style@tools'],
  ['npx @go-task/cli style', ':style@tools'],
  ['task c', ':ci@ apps/web:specs@apps/web apps/web:types@apps/web :style@tools'],
  ['task web', 'apps/web:default@apps/web apps/web:specs@apps/web apps/web:types@apps/web :style@tools'],
  ['task -d apps/web types', 'apps/web:types@apps/web'],
  ['task -t apps/web/Taskfile.dist.yaml types', 'apps/web:types@apps/web'],
  ['task -o prefixed circle', ':circle@'],
  ['task flat', 'tasks:flat@ :ci@ apps/web:specs@apps/web apps/web:types@apps/web :style@tools'],
  ['task', undefined],
  ['task absent', undefined],
  ['task gone:x', undefined],
  ['task open', undefined],
  ['task --dry style', undefined],
  ['task $NAME', undefined],
] as const) {
  test(`${command} runs: ${expected ?? 'nobody can tell what'}`, () => assert.equal(runs(command), expected));
}

test('the nearest Taskfile above a folder is taken', () => {
  assert.equal(runs('task types', '/w/apps/web/src'), 'apps/web:types@apps/web');
  assert.equal(runs('task style', '/w/apps/api'), ':style@tools');
  assert.equal(runs('task style', '/v'), undefined);
});

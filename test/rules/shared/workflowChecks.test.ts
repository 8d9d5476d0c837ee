import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Anchor, Facet, FileValue } from '#api';
import { checksOf, checksOfAction } from '#rules/_shared/delivery/gateCommands.ts';
import type { RecipeFile } from '#rules/_shared/delivery/recipeFile.ts';
import type { Recipes } from '#rules/_shared/delivery/recipeRuns.ts';
import { reachOf } from '#rules/_shared/delivery/scriptCalls.ts';
import type { TaskFile } from '#rules/_shared/delivery/taskFacet.ts';
import { taskNames } from '#rules/_shared/delivery/taskNames.ts';
import { workflowReader } from '#rules/_shared/delivery/workflowChecks.ts';
import {
  type JobFacts,
  type StepFacts,
  type WorkflowFacts,
  workflowFacet,
} from '#rules/_shared/delivery/workflowFacet.ts';

const SCRIPTS = new Map([
  ['verify', [{ text: 'npm run lint && npm run unit', folder: '/w' }]],
  ['unit', [{ text: 'vitest run', folder: '/w' }]],
  ['lint', [{ text: 'node scripts/style.mjs', folder: '/w' }]],
  ['build', [{ text: 'vite build', folder: '/w' }]],
  ['loop', [{ text: 'npm run loop', folder: '/w' }]],
  ['pretest', [{ text: 'tsc --noEmit', folder: '/w' }]],
  ['test', [{ text: 'node --test', folder: '/w' }]],
]);

for (const [command, expected] of [
  ['npm test', 'test types'],
  ['npm run verify', 'lint test unknown'],
  ['CI=true yarn unit', 'test'],
  ['pnpm --filter api run unit --coverage', 'test'],
  ['npx --yes vitest@3 run', 'test'],
  ['sudo -E npx jest --ci', 'test'],
  ['timeout 60 npx tsc -p .', 'types'],
  ['pnpm exec eslint .', 'lint'],
  ['npx turbo run lint types', 'lint types'],
  ['yarn turbo run lint --filter=web', 'lint'],
  ['nx run-many -t lint,unit', 'lint test'],
  ['npm audit --omit=dev', 'audit'],
  ['npm audit fix', ''],
  ['npm ci', ''],
  ['npm run build', ''],
  ['label="Intel"', ''],
  ['npx lab -v', 'test'],
  ['npm run loop', ''],
  ['make check', 'unknown'],
  ['bash ci/all.sh', 'unknown'],
  ['echo npm test', ''],
  [`npm run \${{matrix.task}}`, 'unknown'],
  [`npm \${{inputs.command}}`, 'unknown'],
  [`pnpm --filter \${{matrix.package}} run unit`, 'test'],
  [`npx \${{matrix.tool}} .`, 'unknown'],
  ['turbo run $TASKS', 'unknown'],
  ['turbo run lint --filter=$SCOPE', 'lint'],
] as const) {
  test(`${command} checks: ${expected === '' ? 'nothing' : expected}`, () => {
    const { gates, unknown } = checksOf(reachOf(command, { scripts: SCRIPTS }));
    assert.equal(
      [...gates]
        .sort()
        .concat(unknown ? ['unknown' as never] : [])
        .join(' '),
      expected,
    );
  });
}

const RECIPES: Recipes = new Map([
  [
    '/w/Makefile',
    recipeFile('makefile', [
      ['ci', ['style'], ['./ci/specs.sh']],
      ['style', [], ['npx eslint .']],
      ['open', [], ['$(X)']],
    ]),
  ],
  ['/w/ci/specs.sh', recipeFile('shell', [['', [], ['cd ..', 'npm test']]])],
  ['/w/loop.sh', recipeFile('shell', [['', [], ['./loop.sh', 'make loop']]])],
]);

function recipeFile(kind: RecipeFile['kind'], recipes: readonly (readonly [string, string[], string[]])[]): RecipeFile {
  return {
    kind,
    goal: 'ci',
    includes: [],
    recipes: recipes.map(([target, needs, commands]) => ({
      targets: target === '' ? [] : [target],
      needs,
      commands,
      certain: commands,
      deciding: commands,
    })),
  };
}

for (const [command, expected] of [
  ['make ci', 'lint test types'],
  ['make', 'lint test types'],
  ['make -s -j 4 style CI=1', 'lint'],
  ['make open', 'unknown'],
  ['make absent', 'unknown'],
  ['make -C tools', 'unknown'],
  ['make -n style', 'lint unknown'],
  ['bash ./ci/specs.sh --all', 'test types'],
  ['bash -e ci/specs.sh', 'unknown'],
  ['./ci/absent.sh', 'unknown'],
  ['./loop.sh', 'unknown'],
] as const) {
  test(`${command} checks with its recipes: ${expected}`, () => {
    const { gates, unknown } = checksOf(reachOf(command, { scripts: SCRIPTS, recipes: RECIPES, folder: '/w' }));
    assert.equal([...[...gates].sort(), ...(unknown ? ['unknown'] : [])].join(' '), expected);
  });
}

test('tasks are checked with those that run before them', () => {
  const file: TaskFile = {
    tool: 'turbo',
    name: '',
    tasks: { build: { dependsOn: ['^build', 'web#lint'], commands: [] } },
  };
  const tasks = taskNames([{ path: '/w/turbo.json', value: file, isTest: false }], '/w');
  assert.deepEqual([...checksOf(reachOf('turbo run build', { scripts: SCRIPTS, tasks })).gates], ['lint']);
  assert.deepEqual([...checksOf(reachOf('npm run build', { scripts: SCRIPTS, tasks })).gates], []);
});

test('actions check what their names say, those that set something up nothing', () => {
  assert.deepEqual([...checksOfAction('reviewdog/action-eslint@v1')], ['lint']);
  assert.deepEqual([...checksOfAction('actions/dependency-review-action@v4')], ['audit']);
  assert.deepEqual([...checksOfAction('actions/setup-node@v4')], []);
});

test('workflows and actions that call each other in a circle may check anything', () => {
  const step: StepFacts = {
    name: '',
    uses: './.github/actions/a',
    inputs: {},
    commands: [],
    deciding: [],
    isSoft: false,
    looseInstalls: [],
    condition: '',
    folder: '',
  };
  const job: JobFacts = {
    id: '',
    name: '',
    at: 0 as Anchor,
    needs: [],
    calls: '',
    inputs: {},
    matrix: {},
    hasEnvironment: false,
    condition: '',
    isSoft: false,
    steps: [step],
  };
  const value: WorkflowFacts = { kind: 'action', events: [], inputs: {}, jobs: [job] };
  const files: readonly FileValue<unknown>[] = [{ path: '/w/.github/actions/a/action.yml', value, isTest: false }];
  const all = <V>(facet: Facet<V>): Iterable<FileValue<V>> =>
    (facet.name === workflowFacet.name ? files : []) as readonly FileValue<V>[];
  const reader = workflowReader({ root: '/w', all });
  assert.equal(reader.checksOfJob(job).unknown, true);
  assert.equal(reader.checksOfStep({ ...step, uses: './elsewhere' }, job).unknown, true);
});

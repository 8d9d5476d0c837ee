import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Anchor, Facet, FileValue } from '#api';
import { checksOf, checksOfAction } from '#rules/_shared/delivery/gateCommands.ts';
import { reachOf } from '#rules/_shared/delivery/scriptCalls.ts';
import { workflowReader } from '#rules/_shared/delivery/workflowChecks.ts';
import {
  type JobFacts,
  type StepFacts,
  type WorkflowFacts,
  workflowFacet,
} from '#rules/_shared/delivery/workflowFacet.ts';

const SCRIPTS = new Map([
  ['verify', ['npm run lint && npm run unit']],
  ['unit', ['vitest run']],
  ['lint', ['node scripts/style.mjs']],
  ['build', ['vite build']],
  ['loop', ['npm run loop']],
  ['pretest', ['tsc --noEmit']],
  ['test', ['node --test']],
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
    const { gates, unknown } = checksOf(reachOf(command, SCRIPTS));
    assert.equal(
      [...gates]
        .sort()
        .concat(unknown ? ['unknown' as never] : [])
        .join(' '),
      expected,
    );
  });
}

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

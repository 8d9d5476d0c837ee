import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callsOf } from '#rules/_shared/delivery/commandCalls.ts';
import { folderAfter, folderTrail, programOf } from '#rules/_shared/delivery/program.ts';
import { NEW_SHELL } from '#rules/_shared/delivery/recipeFile.ts';
import { scriptRuns } from '#rules/_shared/delivery/scriptRuns.ts';

/** Scripts by folders of a workspace; every folder is a package, named as it is with a scope. */
const packages: Readonly<Record<string, readonly string[]>> = {
  '/w': ['test', 'pretest', 'lint', 'lint:js', 'lint:css', 'lint:js:deep', 'top'],
  '/w/apps/web': ['test', 'lint', 'posttest'],
  '/w/apps/api': ['test'],
  '/w/tools/nx': ['test'],
};

const folders = Object.keys(packages);
const members = ['/w/apps/web', '/w/apps/api', '/w/tools/nx'];
const nameOf = (folder: string) => `@w/${folder.slice(folder.lastIndexOf('/') + 1)}`;

function runs(command: string, folder = '/w', existing: readonly string[] = []): readonly string[] {
  const found = scriptRuns(command, folder, {
    root: '/w',
    scriptsOf: (at) => {
      const names = packages[at];
      return names && Object.fromEntries(names.map((name) => [name, 'jest']));
    },
    nearest: (at) => folders.filter((one) => `${at}/`.startsWith(`${one}/`)).at(-1),
    workspaceOf: () => '/w',
    membersOf: () => members,
    named: (name, from) => folders.filter((one) => nameOf(one) === name || one === `${from}/${name}`),
    nameOf,
    dependenciesOf: () => [],
    tasks: new Map(),
    exists: (path) => existing.includes(path),
  });
  return found.map((run) => `${run.folder.slice(2)}:${run.name}`);
}

test('package managers run scripts of the package around them, with those before and behind', () => {
  assert.deepEqual(runs('npm test'), [':pretest', ':test']);
  assert.deepEqual(runs('CI=1 npx -y cross-env A=b npm t -- --ci'), [':pretest', ':test']);
  assert.deepEqual(runs('npm run test', '/w/apps/web/src'), ['/apps/web:test', '/apps/web:posttest']);
  assert.deepEqual(runs('yarn test', '/w', ['/w/.yarnrc.yml']), [':test']);
  for (const command of ['npm run lint', 'pnpm lint', 'yarn run lint', 'bun run lint', 'npm run-script lint']) {
    assert.deepEqual(runs(command), [':lint'], command);
  }
  for (const command of ['npm ci', 'npm lint', 'bun test', 'pnpm install', 'yarn dlx top', 'npm run absent', 'npm']) {
    assert.deepEqual(runs(command), [], command);
  }
});

test('flags choose the folder and the packages', () => {
  const web = ['/apps/web:lint'];
  for (const command of [
    'npm --prefix apps/web run lint',
    'npm run lint -w @w/web',
    'npm run lint --workspace=apps/web',
    'pnpm -C apps/web lint',
    'pnpm --filter @w/web lint',
    'pnpm --filter "./apps/web" run lint --fix',
    'pnpm -F web... lint',
    'yarn workspace @w/web lint',
    'yarn --cwd apps/web lint',
    'bun run --filter @w/web lint',
    'pnpm -r lint',
    'npm run lint --workspaces',
    'yarn workspaces foreach -A run lint',
    'yarn workspaces run lint',
  ]) {
    assert.deepEqual(runs(command), web, command);
  }
  assert.deepEqual(runs('pnpm --filter=!@w/web -r test'), ['/apps/api:test', '/tools/nx:test']);
  assert.deepEqual(runs('pnpm --filter "{apps/**}" test').length, 3);
  assert.deepEqual(runs('pnpm -w lint', '/w/apps/web'), [':lint']);
  assert.deepEqual(runs('npm --prefix "$FOLDER" run lint'), []);
});

test('runners of tasks run scripts of members, or several of one package', () => {
  assert.deepEqual(runs('npx turbo run lint test --filter=@w/web --concurrency 4'), [
    '/apps/web:lint',
    '/apps/web:test',
    '/apps/web:posttest',
  ]);
  assert.deepEqual(runs('yarn turbo lint'), ['/apps/web:lint']);
  assert.deepEqual(runs('turbo test', '/w/apps/api'), ['/apps/api:test']);
  assert.deepEqual(runs('turbo run //#lint'), [':lint']);
  assert.deepEqual(runs('lerna run test --scope @w/api'), ['/apps/api:test']);
  assert.deepEqual(runs('nx run-many -t lint test --projects=api,nx', '/w', ['/w/tools/nx/project.json']), [
    '/apps/api:test',
  ]);
  assert.deepEqual(runs('nx run @w/api:test:ci'), ['/apps/api:test']);
  assert.deepEqual(runs('nx test api'), ['/apps/api:test']);
  assert.deepEqual(runs('nx affected:lint --base=main'), ['/apps/web:lint']);
  assert.deepEqual(runs('nx lint:js'), [':lint:js']);
  assert.deepEqual(runs('run-s lint:* "top -- --quiet"'), [':lint:js', ':lint:css', ':top']);
  assert.deepEqual(runs('npm-run-all -p "lint:**"'), [':lint:js', ':lint:css', ':lint:js:deep']);
  assert.deepEqual(runs('concurrently -k "npm:lint:css" "npm run top"'), [':lint:css', ':top']);
  assert.deepEqual(runs('start-server-and-test dev http://localhost:1 top'), [':top']);
  assert.deepEqual(runs('c8 --all npm run top'), [':top']);
  for (const command of [
    'turbo prune web',
    'nx format:check',
    'nx graph',
    'nx show projects',
    'nx affected:graph',
    'make test',
    './test.sh',
  ]) {
    assert.deepEqual(runs(command), [], command);
  }
});

test('what is published runs what it prepares', () => {
  assert.deepEqual(
    callsOf('npm publish --access public', '/w', '/w').flatMap(({ names }) => names),
    ['prepublishOnly', 'prepack'],
  );
});

test('folders change with cd, as far as it can be told', () => {
  assert.equal(folderAfter('cd apps/web', '/w'), '/w/apps/web');
  assert.equal(folderAfter('(cd ./apps', '/w'), '/w/apps');
  assert.equal(folderAfter('npm test', '/w'), '/w');
  for (const command of ['cd "$DIR"', 'cd', 'cd -', 'pushd apps', 'cd /tmp']) {
    assert.equal(folderAfter(command, '/w'), undefined, command);
  }
});

test('managers start programs with flags of their own in front', () => {
  const commands = [
    'pnpm exec vitest run',
    'pnpm -s exec vitest run',
    'pnpm --filter web exec vitest run',
    'pnpm -r --parallel exec -- vitest run',
    'npm --silent exec vitest run',
    'yarn -s exec vitest run',
    'bun --bun x vitest run',
  ];
  for (const command of commands) assert.equal(programOf(command), 'vitest run', command);
  assert.equal(programOf('pnpm -s test'), 'pnpm -s test');
});

test('brackets are shells of their own', () => {
  const places = (commands: readonly string[]) => commands.map(folderTrail('/w'));
  assert.deepEqual(places(['(cd web', 'npm ci)', 'npm test']), ['/w/web', '/w/web', '/w']);
  assert.deepEqual(places(['cd api', '(cd ../web', 'npm ci)', 'npm test']), ['/w/api', '/w/web', '/w/web', '/w/api']);
  assert.deepEqual(places(['((cd a', 'cd b)', 'ls)', 'ls']), ['/w/a', undefined, '/w', '/w']);
  assert.deepEqual(places(['cd "$(pwd)"', 'ls']), [undefined, undefined]);
  assert.deepEqual(places(['cd web', NEW_SHELL, 'ls']), ['/w/web', undefined, '/w']);
});

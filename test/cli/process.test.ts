import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { rules } from '#rules/index.generated.ts';
import { airworthy, main, tsx } from './airworthy.ts';
import { projectWith } from './project.ts';

test('help: of the program, of a command, by any of the usual ways', async () => {
  const [bare, flag, command, other] = await Promise.all([
    airworthy([]),
    airworthy(['--help']),
    airworthy(['check', '--help']),
    airworthy(['help', 'check']),
  ]);
  assert.equal(bare.code, 0);
  assert.match(bare.stdout, /Commands\n {2}check \[paths\.\.\.\]/);
  assert.equal(flag.stdout, bare.stdout);
  assert.match(command.stdout, /--fail-on <priority>/);
  assert.equal(command.stdout, other.stdout);
});

test('--version answers the version alone', async () => {
  const { code, stdout } = await airworthy(['--version']);
  assert.deepEqual([code, /^\d+\.\d+\.\d+\S*\n$/.test(stdout)], [0, true]);
});

test('what it does not know is exit code 2, one sentence on standard error and nothing on standard output', async () => {
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['chekc'], /no command "chekc"\. Did you mean "check"\?/],
    [['check', '--rule', 'security/no-such-rule'], /no rule "security\/no-such-rule"/],
    [['check', 'gone.ts'], /no file or folder "gone.ts"/],
    [['explain'], /Name the rule/],
  ];
  for (const [args, message] of wrong) {
    const { code, stdout, stderr } = await airworthy(args);
    assert.deepEqual([code, stdout], [2, ''], args.join(' '));
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n {4}at /);
  }
});

test('a clean project is exit code 0 and nothing is written to standard error', async () => {
  const root = projectWith({ 'a.ts': 'export const a = 1;\n' });
  const { code, stdout, stderr } = await airworthy(['check'], root);
  assert.deepEqual([code, stdout, stderr], [0, 'No findings in 1 file.\n', '']);
});

test('json has the documented shape', async () => {
  const root = projectWith({ 'a.ts': 'export const a = 1;\n' });
  const { code, stdout, stderr } = await airworthy(['check', '--format', 'json'], root);
  const report = JSON.parse(stdout);
  assert.deepEqual([code, stderr], [0, '']);
  assert.deepEqual(Object.keys(report), ['version', 'findings', 'stats']);
  assert.equal(report.version, 1);
  assert.equal(report.stats.files, 1);
});

test('mistakes in airworthy.json are exit code 2, with the place, in every format', async () => {
  const root = projectWith({ 'a.ts': 'export const a = 1;\n', 'airworthy.json': '{\n  "ruls": {}\n}\n' });
  for (const format of ['pretty', 'json', 'sarif', 'github']) {
    const { code, stdout, stderr } = await airworthy(['check', '--format', format], root);
    assert.equal(code, 2);
    assert.match(
      format === 'pretty' ? stdout : stderr,
      /airworthy\.json:2:3:? .*(?:configuration|Unknown setting "ruls")/,
    );
  }
});

test('a finding at or above the gate is exit code 1, below it 0', async () => {
  const root = projectWith({
    'package.json': '{ "name": "service", "dependencies": { "express": "^5.0.0" } }',
    'src/db.ts': 'export const url = process.env.DATABASE_URL;\n',
  });
  const check = (...args: string[]) => airworthy(['check', '--rule', 'config/env-unvalidated', ...args], root);
  const [atGate, below, never] = await Promise.all([
    check('--fail-on', 'P2', '--format', 'json'),
    check('--fail-on', 'P1'),
    check('--fail-on', 'never'),
  ]);
  assert.equal(atGate.code, 1);
  const [finding, ...others] = JSON.parse(atGate.stdout).findings;
  const { message, ...rest } = finding;
  assert.deepEqual(others, []);
  assert.deepEqual(rest, {
    rule: 'config/env-unvalidated',
    priority: 'P2',
    path: 'src/db.ts',
    line: 1,
    column: 20,
    endLine: 1,
    endColumn: 44,
    fix: 'suggest',
  });
  assert.match(message, /DATABASE_URL/);
  assert.deepEqual([below.code, never.code], [0, 0]);
  assert.match(below.stdout, /src\/db\.ts:1:20 {2}P2 config\/env-unvalidated/);
});

test('a file that cannot be analysed is exit code 4', async () => {
  const depth = 20_000;
  const root = projectWith({ 'deep.ts': `const a = ${'[\n'.repeat(depth)}${']\n'.repeat(depth)};\n` });
  const { code, stdout } = await airworthy(['check'], root);
  assert.equal(code, 4);
  assert.match(stdout, /! deep\.ts: .*nested too deeply/);
});

test('explain prints what the rule page says, by id or by name', async () => {
  const [byId, byName] = await Promise.all([
    airworthy(['explain', 'config/env-unvalidated']),
    airworthy(['explain', 'env-unvalidated']),
  ]);
  assert.equal(byId.code, 0);
  assert.equal(byId.stdout, byName.stdout);
  assert.match(byId.stdout, /^config\/env-unvalidated\npriority P2, on by default\n/);
  for (const heading of ['What', 'Why', 'Bad', 'Good']) assert.match(byId.stdout, new RegExp(`^${heading}$`, 'm'));
});

test('rules lists every rule, for people and for tools', async () => {
  const [pretty, json] = await Promise.all([airworthy(['rules']), airworthy(['rules', '--format', 'json'])]);
  const list: readonly { readonly id: string; readonly priority: string }[] = JSON.parse(json.stdout);
  assert.deepEqual([pretty.code, json.code], [0, 0]);
  assert.deepEqual(list.map(({ id }) => id).sort(), rules.map(({ id }) => id).sort());
  for (const { id, priority } of list) assert.ok(pretty.stdout.includes(`${priority} ${id}`), id);
});

test('config --print shows what applies and where it comes from', async () => {
  const root = projectWith({
    'package.json': '{}',
    'airworthy.json': '{ "budgets": { "maxFileSize": 2048 }, "exclude": ["old/**"] }',
  });
  const { code, stdout } = await airworthy(['config', '--print', 'old/a.ts'], root);
  assert.equal(code, 0);
  assert.match(stdout, /^old\/a\.ts is excluded/);
  assert.match(stdout, /budgets\.maxFileSize +2048 +airworthy\.json budgets\.maxFileSize\n/);
  const json = JSON.parse((await airworthy(['config', '--print', 'a.ts', '--format', 'json'], root)).stdout);
  assert.deepEqual([json.file, json.excluded], ['a.ts', false]);
  assert.deepEqual(json.settings[0], {
    setting: 'exclude',
    value: ['old/**'],
    source: 'airworthy.json',
    at: 'exclude',
  });
});

test('colours only where they are wanted', async () => {
  const start = '\u001b[';
  const plain = await airworthy(['check', 'gone']);
  const forced = await airworthy(['check', 'gone', '--color']);
  const byEnvironment = await airworthy(['check', 'gone'], undefined, { FORCE_COLOR: '1' });
  const refused = await airworthy(['check', 'gone', '--no-color'], undefined, { FORCE_COLOR: '1' });
  assert.deepEqual(
    [plain, forced, byEnvironment, refused].map(({ stderr }) => stderr.includes(start)),
    [false, true, true, false],
  );
});

test('a reader that stops early is no error', async () => {
  const child = spawn(process.execPath, ['--import', tsx, main, 'check', '--help'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.deepEqual([code, stderr], [0, '']);
});

test('lsp --stdio starts the language server', async () => {
  const child = spawn(process.execPath, ['--import', tsx, main, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const send = (message: object) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  let stdout = '';
  const answered = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.includes('"capabilities"')) resolve();
    });
  });
  const closed = new Promise((resolve) => child.on('close', resolve));
  send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
  await Promise.race([answered, closed.then((code) => assert.fail(`ended with ${code}`))]);
  send({ id: 2, method: 'shutdown' });
  send({ method: 'exit' });
  assert.equal(await closed, 0);
});

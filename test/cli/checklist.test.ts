import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { airworthy } from './airworthy.ts';
import { projectWith } from './project.ts';

const FRAME =
  "const frame = document.createElement('iframe');\nframe.sandbox.add('allow-scripts', 'allow-same-origin');\n";
const SAFE_FRAME = "const frame = document.createElement('iframe');\nframe.sandbox.add('allow-scripts');\n";
const FRAMES = '<!-- airworthy: security/iframe-sandbox-escape -->';
const LIST = `# Launch checklist

## P0

- [x] Frames are isolated ${FRAMES}
- [ ] Somebody tried it
`;

/** Answers of the command as JSON, with its exit code. */
async function tree(root: string, ...args: readonly string[]) {
  const { code, stdout, stderr } = await airworthy(['checklist', '--format', 'json', ...args], root);
  const json = JSON.parse(stdout) as {
    readonly documents: readonly {
      readonly path: string;
      readonly title: string;
      readonly items: readonly Readonly<Record<string, unknown>>[];
    }[];
    readonly summary: Readonly<Record<string, unknown>>;
  };
  return { code, stderr, ...json };
}

test('a claim that findings contradict fails, for people and for tools', async () => {
  const root = projectWith({ 'docs/launch.md': LIST, 'src/frame.ts': FRAME });
  const people = await airworthy(['checklist'], root);
  assert.equal(people.code, 1);
  assert.match(people.stdout, /Launch checklist {2}docs\/launch\.md\n {2}2 blockers, 0 % proven \(0 of 2\)/);
  assert.match(people.stdout, /✗ Contradicted {2}P0 Frames are isolated {2}docs\/launch\.md:5/);
  assert.match(people.stdout, /src\/frame\.ts:2 {2}security\/iframe-sandbox-escape/);
  assert.equal(people.stderr, '');
  const { code, documents, summary } = await tree(root);
  assert.equal(code, 1);
  assert.deepEqual([documents[0]?.path, documents[0]?.title], ['docs/launch.md', 'Launch checklist']);
  const [first, second] = documents[0]?.items ?? [];
  const { id, title, line, status, verdict, priority, references } = first ?? {};
  assert.deepEqual(
    { id, title, line, status, verdict, priority, references },
    {
      id: 'p0/frames-are-isolated',
      title: 'Frames are isolated',
      line: 5,
      status: 'done',
      verdict: 'contradicted',
      priority: 'P0',
      references: [],
    },
  );
  const [evidence] = (first?.['evidence'] ?? []) as readonly { readonly findings: readonly object[] }[];
  assert.deepEqual(Object.entries(evidence?.findings[0] ?? {}).slice(0, 3), [
    ['path', 'src/frame.ts'],
    ['line', 2],
    ['priority', 'P0'],
  ]);
  assert.equal(second?.['verdict'], 'open');
  assert.deepEqual(summary['blockers'], [
    'docs/launch.md#p0/frames-are-isolated',
    'docs/launch.md#p0/somebody-tried-it',
  ]);
});

test('what is proven is clean; open blockers fail only when asked for, and never means never', async () => {
  const root = projectWith({ 'docs/launch.md': LIST, 'src/frame.ts': SAFE_FRAME });
  const [plain, blockers] = await Promise.all([
    airworthy(['checklist'], root),
    airworthy(['checklist', '--fail-on', 'blockers'], root),
  ]);
  assert.deepEqual([plain.code, blockers.code], [0, 1]);
  assert.doesNotMatch(plain.stdout, /Verified {2}/);
  const never = await airworthy(
    ['checklist', '--fail-on', 'never', '--all'],
    projectWith({ 'a.md': LIST, 'b.ts': FRAME }),
  );
  assert.equal(never.code, 0);
});

test('what was recorded regresses, in the tree and at the code line of a check', async () => {
  const root = projectWith({ 'docs/launch.md': LIST, 'src/frame.ts': SAFE_FRAME });
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: root,
      encoding: 'utf8',
    });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'One');
  const head = git('rev-parse', 'HEAD').trim();
  assert.equal(existsSync(join(root, 'airworthy.lock')), false);
  assert.equal((await airworthy(['checklist', '--record'], root)).code, 0);
  const recorded = readFileSync(join(root, 'airworthy.lock'), 'utf8');
  assert.deepEqual(JSON.parse(recorded), {
    item: 'docs/launch.md#p0/frames-are-isolated',
    rule: 'security/iframe-sandbox-escape',
    commit: head,
  });
  assert.doesNotMatch((await airworthy(['checklist', '--record'], root)).stderr, /last commit/, 'its own file');
  writeFileSync(join(root, 'src/other.ts'), FRAME);
  const { code, documents } = await tree(root, '--record');
  assert.deepEqual([code, documents[0]?.items[0]?.['verdict']], [1, 'regressed']);
  assert.equal(readFileSync(join(root, 'airworthy.lock'), 'utf8'), recorded, 'a regression stays recorded');
  const check = await airworthy(
    ['check', '--rule', 'checklist/contradicted-claim', '--rule', 'iframe-sandbox-escape'],
    root,
  );
  assert.equal(check.code, 1);
  assert.match(check.stdout, /docs\/launch\.md:5:7 {2}P1 checklist\/contradicted-claim/);
  assert.match(
    check.stdout,
    /src\/other\.ts:2:1 {2}P1 checklist\/contradicted-claim[\s\S]*This breaks a promise: "Frames are isolated"/,
  );
});

test('a record names no commit for files that were not committed, and says so', async () => {
  const root = projectWith({ 'docs/launch.md': LIST, 'src/frame.ts': SAFE_FRAME });
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: root });
  git('init', '-q');
  git('commit', '-qm', 'Empty', '--allow-empty');
  const { code, stderr } = await airworthy(['checklist', '--record'], root);
  assert.equal(code, 0);
  assert.match(stderr, /^Files in this folder differ from the last commit, so the record names none\.$/m);
  assert.equal(JSON.parse(readFileSync(join(root, 'airworthy.lock'), 'utf8')).commit, '');
  const report = await airworthy(['report', '--record', '--format', 'json'], root);
  assert.match(report.stderr, /differ from the last commit/);
  const [line] = readFileSync(join(root, 'airworthy-history.jsonl'), 'utf8').split('\n');
  assert.deepEqual([JSON.parse(line ?? '').commit, JSON.parse(report.stdout).commit], ['', '']);
  git('add', '-A');
  git('commit', '-qm', 'All');
  const clean = await airworthy(['report', '--format', 'json'], root);
  assert.match(JSON.parse(clean.stdout).commit, /^[0-9a-f]{40}/);
});

test('a record file with mistakes is told about and not written anew', async () => {
  const root = projectWith({
    'docs/launch.md': LIST,
    'src/frame.ts': SAFE_FRAME,
    'airworthy.lock': '<<<<<<< ours\n{}\n',
  });
  const { code, stderr } = await airworthy(['checklist', '--record'], root);
  assert.equal(code, 2);
  assert.match(stderr, /airworthy\.lock:1:1: A merge was left unfinished/);
  assert.match(stderr, /airworthy\.lock:2:1: This line is not a record/);
  assert.match(stderr, /would lose what they said/);
  assert.equal(readFileSync(join(root, 'airworthy.lock'), 'utf8'), '<<<<<<< ours\n{}\n');
});

test('gates run only when asked for, with a limit, and never from a check', async () => {
  const gate = (title: string, script: string) => `- [x] ${title}\n  - Gate: \`node -e "${script}"\`\n`;
  const list = `# Release gates\n\n${gate('Passes', "require('fs').writeFileSync('ran.txt', 'x')")}${gate('Fails', 'process.exit(3)')}${gate('Hangs', 'setTimeout(Number, 99999)')}`;
  const root = projectWith({ 'gates.md': list, 'src/a.ts': 'export const one = 1;\n' });
  const titles = ({ documents }: Awaited<ReturnType<typeof tree>>) =>
    Object.fromEntries(documents[0]?.items.map(({ title, verdict }) => [title, verdict]) ?? []);
  const before = await tree(root);
  assert.deepEqual(titles(before), { Passes: 'not-checkable', Fails: 'not-checkable', Hangs: 'not-checkable' });
  await airworthy(['check'], root);
  assert.equal(existsSync(join(root, 'ran.txt')), false);
  const started = Date.now();
  const after = await tree(root, '--run-gates', '--gate-timeout', '3');
  assert.deepEqual(titles(after), { Passes: 'verified', Fails: 'contradicted', Hangs: 'not-checkable' });
  assert.equal(after.code, 1);
  assert.ok(existsSync(join(root, 'ran.txt')));
  assert.ok(Date.now() - started < 60_000);
  assert.match(after.stderr, /Running "node -e .*setTimeout/);
});

test('wrong arguments and projects without lists get a sentence', async () => {
  const root = projectWith({ 'src/a.ts': 'export const one = 1;\n' });
  const [folder, timeout, none] = await Promise.all([
    airworthy(['checklist', 'gone'], root),
    airworthy(['checklist', '--run-gates', '--gate-timeout', 'soon'], root),
    airworthy(['checklist'], root),
  ]);
  assert.deepEqual([folder.code, timeout.code, none.code], [2, 2, 0]);
  assert.match(folder.stderr, /no folder "gone"/);
  assert.match(timeout.stderr, /number of seconds/);
  assert.match(none.stdout, /no checklist in this project/);
});

test('a rule about checklists that is asked for alone judges by all others', async () => {
  const root = projectWith({ 'docs/launch.md': LIST, 'src/frame.ts': FRAME });
  const { stdout } = await airworthy(['check', '--category', 'checklist', '--format', 'json'], root);
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly rule: string }[] };
  assert.deepEqual(
    findings.map(({ rule }) => rule),
    ['checklist/contradicted-claim'],
  );
  await airworthy(['check', '--rule', 'checklist/contradicted-claim', '--fix'], root);
  assert.match(readFileSync(join(root, 'docs/launch.md'), 'utf8'), /- \[ \] Frames are isolated/);
  assert.equal(readFileSync(join(root, 'src/frame.ts'), 'utf8'), FRAME);
});

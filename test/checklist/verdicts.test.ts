import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge, root, verdicts, workspaceOf } from './judgeWorkspace.ts';

const FRAME =
  "const frame = document.createElement('iframe');\nframe.sandbox.add('allow-scripts', 'allow-same-origin');\n";
const SAFE_FRAME = "const frame = document.createElement('iframe');\nframe.sandbox.add('allow-scripts');\n";
const link = (rule: string) => `<!-- airworthy: ${rule} -->`;
const FRAMES = link('security/iframe-sandbox-escape');
const CHECKLIST = 'docs/CHECKLIST.md';

async function judged(markdown: string, files: Readonly<Record<string, string>>, today?: string) {
  const workspace = workspaceOf({ [CHECKLIST]: markdown, ...files }, today === undefined ? {} : { today });
  return judge(workspace);
}

test('what an item names decides: findings, silence, or nothing to look at', async () => {
  const items = `- [x] Ticked ${FRAMES}\n- [ ] Open ${FRAMES}\n- [-] Dropped ${FRAMES}\n`;
  assert.deepEqual(verdicts(await judged(items, { 'src/a.ts': FRAME })), {
    Ticked: 'contradicted',
    Open: 'open',
    Dropped: 'not-applicable',
  });
  assert.deepEqual(verdicts(await judged(items, { 'src/a.ts': SAFE_FRAME })), {
    Ticked: 'verified',
    Open: 'satisfied',
    Dropped: 'not-applicable',
  });
  assert.deepEqual(verdicts(await judged(items, { 'src/a.ts': 'export const one = 1;\n' })), {
    Ticked: 'not-applicable',
    Open: 'not-applicable',
    Dropped: 'not-applicable',
  });
});

test('a file and a topic decide about that file; a topic alone never does', async () => {
  const items =
    '- [x] Fix iframe sandbox - `src/a.ts`\n- [x] Fix iframe sandbox anywhere\n- [x] Fix iframe sandbox there - `src/b.ts`\n';
  const files = { 'src/a.ts': FRAME, 'src/b.ts': SAFE_FRAME };
  const workspace = await judged(items, files);
  assert.deepEqual(verdicts(workspace), {
    'Fix iframe sandbox': 'contradicted',
    'Fix iframe sandbox anywhere': 'not-checkable',
    'Fix iframe sandbox there': 'not-checkable',
  });
  const [first, second, third] = workspace.checklist().documents[0]?.items ?? [];
  assert.deepEqual(
    first?.evidence[0]?.findings.map(({ path, line }) => [path, line]),
    [[`${root}/src/a.ts`, 2]],
  );
  assert.deepEqual([second?.evidence[0]?.kind, second?.evidence[0]?.findings], ['related', []]);
  assert.match(third?.why ?? '', /nothing in the files named here, but 1 finding elsewhere/);
});

test('words that fit by chance prove nothing about a file that holds nothing of the kind', async () => {
  const files = { 'src/a.ts': 'export const x = 1;\n', 'src/b.ts': SAFE_FRAME };
  assert.deepEqual(
    verdicts(await judged('- [x] Fix iframe sandbox - `src/a.ts`\n- [x] Harden iframe sandbox - `src/b.ts`\n', files)),
    {
      'Fix iframe sandbox': 'not-checkable',
      'Harden iframe sandbox': 'verified',
    },
  );
});

test('promises of words and tests are not broken by findings', async () => {
  const items =
    '- [x] Document the iframe sandbox - `src/a.ts`\n- [x] Tests for the iframe sandbox - `src/a.ts`\n- [x] Review iframe sandbox - `src/a.ts`\n';
  for (const verdict of Object.values(verdicts(await judged(items, { 'src/a.ts': FRAME })))) {
    assert.equal(verdict, 'not-checkable');
  }
});

test('a single ordinary word needs a finding in the lines that are named', async () => {
  const code = `${FRAME}${'\n'.repeat(40)}`;
  const items =
    '- [x] The sandbox - `src/a.ts`\n- [x] The sandbox here - `src/a.ts:1-2`\n- [x] The sandbox there - `src/a.ts:30`\n';
  assert.deepEqual(verdicts(await judged(items, { 'src/a.ts': code })), {
    'The sandbox': 'not-checkable',
    'The sandbox here': 'contradicted',
    'The sandbox there': 'not-checkable',
  });
});

test('silence does not count when the rule is off, unknown, or its finding is suppressed', async () => {
  const item = `- [x] Ticked ${FRAMES}\n`;
  const off = '{"rules": {"security/iframe-sandbox-escape": "off"}}';
  const isOff = await judged(item, { 'src/a.ts': SAFE_FRAME, 'airworthy.json': off });
  assert.deepEqual(verdicts(isOff), { Ticked: 'not-checkable' });
  assert.match(isOff.checklist().documents[0]?.items[0]?.why ?? '', /switched off/);
  const suppressed = FRAME.replace(
    'frame.sandbox',
    '// airworthy-disable-next-line security/iframe-sandbox-escape -- a demo\nframe.sandbox',
  );
  const quiet = await judged(item, { 'src/a.ts': suppressed });
  assert.deepEqual(quiet.findings(`${root}/src/a.ts`), []);
  assert.deepEqual(verdicts(quiet), { Ticked: 'not-checkable' });
  const unknown = await judged(`- [x] Ticked ${link('security/no-such-rule')}\n`, { 'src/a.ts': FRAME });
  assert.deepEqual(verdicts(unknown), { Ticked: 'not-checkable' });
});

test('test files are nothing for a rule about production code to look at', async () => {
  const files = { 'src/a.test.ts': FRAME, 'src/b.ts': 'export const x = 1;\n' };
  assert.deepEqual(verdicts(await judged(`- [x] Ticked ${FRAMES}\n`, files)), { Ticked: 'not-applicable' });
});

test('a waiver holds through its last day, and never hides what is verified', async () => {
  const items = `## P0\n\n- [x] Ticked ${FRAMES} <!-- airworthy: waived until 2026-06-01 by @ann: behind VPN -->\n`;
  assert.deepEqual(verdicts(await judged(items, { 'src/a.ts': FRAME }, '2026-06-01')), { Ticked: 'waived' });
  const late = await judged(items, { 'src/a.ts': FRAME }, '2026-06-02');
  assert.deepEqual(verdicts(late), { Ticked: 'expired' });
  assert.equal(late.checklist().documents[0]?.items[0]?.beneath, 'contradicted');
  assert.equal(late.checklist().summary.blockers, 1);
  assert.deepEqual(verdicts(await judged(items, { 'src/a.ts': SAFE_FRAME }, '2026-06-02')), { Ticked: 'verified' });
});

test('what was recorded as verified regresses with a finding anywhere, and unticking withdraws it', async () => {
  const item = '- [x] Fix iframe sandbox - `src/a.ts`\n';
  const before = await judged(item, { 'src/a.ts': SAFE_FRAME });
  const records = before.recordedChecklist('0123abc');
  const line = (rule: string): string =>
    `{"item":"docs/CHECKLIST.md#fix-iframe-sandbox","rule":"security/${rule}","commit":"0123abc"}\n`;
  assert.equal(records, line('iframe-sandbox-escape') + line('iframe-sandbox-missing'));
  const files = { 'src/a.ts': SAFE_FRAME, 'src/other.ts': FRAME, 'airworthy.lock': records ?? '' };
  const after = await judged(item, files);
  assert.deepEqual(verdicts(after), { 'Fix iframe sandbox': 'regressed' });
  assert.match(after.checklist().documents[0]?.items[0]?.why ?? '', /verified at 0123abc/);
  assert.equal(after.recordedChecklist('fff'), records, 'a regression stays recorded, with its commit');
  const unticked = await judged(item.replace('[x]', '[ ]'), files);
  assert.deepEqual(verdicts(unticked), { 'Fix iframe sandbox': 'open' });
  assert.equal(unticked.recordedChecklist('fff'), '');
  const mistaken = await judged(item, { ...files, 'airworthy.lock': `${records}junk\n` });
  assert.deepEqual(
    mistaken.checklist().recordProblems.map((problem) => problem.line),
    [3],
  );
  assert.equal(mistaken.recordedChecklist('fff'), undefined, 'writing it anew would lose what the line said');
});

test('a gate decides by its exit code, as far as that is what it shows', async () => {
  const items =
    '- [x] Types \n  - Gate: `npm run build` → exit code 0\n- [x] Handles \n  - Gate: `npm test` → 0 open handles\n- [ ] Lint \n  - Gate: `npm run lint`\n';
  const workspace = await judged(items, {});
  assert.deepEqual(verdicts(workspace), { Types: 'not-checkable', Handles: 'not-checkable', Lint: 'open' });
  const set = (title: string, command: string, exitCode: number | undefined) =>
    workspace.setGateResult(`${CHECKLIST}#${title}`, {
      command,
      exitCode,
      problem: '',
      at: '2026-06-01T10:00:00Z',
      commit: '',
    });
  set('types', 'npm run build', 0);
  set('handles', 'npm test', 0);
  set('lint', 'npm run lint', 0);
  assert.deepEqual(verdicts(await judge(workspace)), {
    Types: 'verified',
    Handles: 'not-checkable',
    Lint: 'satisfied',
  });
  set('types', 'npm run build', 2);
  set('handles', 'npm test', undefined);
  set('lint', 'another command', 1);
  assert.deepEqual(verdicts(await judge(workspace)), { Types: 'contradicted', Handles: 'not-checkable', Lint: 'open' });
});

test('the score puts blockers first and leaves out what cannot be checked', async () => {
  const items = `## P0\n\n- [x] One ${FRAMES}\n- [x] Two\n- [ ] Three\n- [x] Jest ${link('testing/jest-diagnostics-suppressed')}\n`;
  const { summary, blockers } = (await judged(items, { 'src/a.ts': SAFE_FRAME })).checklist();
  assert.deepEqual([summary.items, summary.counted, summary.proven, summary.percent], [4, 2, 1, 50]);
  assert.deepEqual(
    blockers.map(({ item }) => item.title),
    ['Three'],
  );
});

test('the same claim in two documents is one group, and the code says which is right', async () => {
  const files = { 'src/a.ts': FRAME, 'docs/launch-checklist.md': `- [ ] Frames of partners isolated ${FRAMES}\n` };
  const { groups } = (await judged(`- [x] Frames of partners isolated ${FRAMES}\n`, files)).checklist();
  assert.deepEqual(
    groups.map(({ claim, disagree, done, items }) => ({ claim, disagree, done, items: items.length })),
    [{ claim: 'frames partners isolated', disagree: true, done: false, items: 2 }],
  );
});

test('settings say which documents are checklists; templates and archives are none that count', async () => {
  const item = `- [x] Ticked ${FRAMES}\n`;
  const files = {
    'src/a.ts': FRAME,
    'README.md': '- [ ] Something else\n',
    '.github/pull_request_template.md': item,
    'docs/archive/plan.md': item,
    'docs/secret.md': item,
    'airworthy.json': '{"checklist": {"include": ["README.md"], "exclude": ["docs/secret.md"]}}',
  };
  const { documents } = (await judged('# Nothing\n', files)).checklist();
  assert.deepEqual(
    documents.map(({ name, counted }) => [name, counted]),
    [
      ['README.md', true],
      ['docs/archive/plan.md', false],
    ],
  );
});

test('the name of a file says where, not what', async () => {
  const files = { 'src/iframe-sandbox.ts': FRAME };
  assert.deepEqual(Object.values(verdicts(await judged('- [x] Split - `src/iframe-sandbox.ts`\n', files))), [
    'not-checkable',
  ]);
  assert.deepEqual(Object.values(verdicts(await judged('- [x] Split `src/iframe-sandbox.ts`\n', files))), [
    'not-checkable',
  ]);
});

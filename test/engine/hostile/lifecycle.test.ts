import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RegisteredRule } from '#api';
import type { ContentChange, Lane } from '#engine/workspace/workspace.ts';
import { rules as shippedRules } from '#rules/index.generated.ts';
import { awaitInLoop, envReads, evalCalls, manyTimers, sharedEnv } from '../probeRules.ts';
import { type HostileWorkspace, hostileWorkspace, root } from './hostileWorkspace.ts';

const rules = [...shippedRules, evalCalls, sharedEnv];
const path = `${root}/src/a.ts`;
const other = `${root}/src/b.ts`;
/** Long enough for every lane to pause. */
const long = Array.from({ length: 2_000 }, (_, n) => `export function f${n}() { return eval("${n}"); }`).join('\n');

const probes = (hostile: HostileWorkspace, of: string): number =>
  hostile.workspace.findings(of).filter(({ rule }) => rule === evalCalls.id).length;

/** What an editor or a disk may do at any moment. Each leaves one probe finding in `path`, or no such document. */
const INTERRUPTIONS: Readonly<Record<string, (hostile: HostileWorkspace) => void>> = {
  'is edited': ({ workspace }) => workspace.change(path, 2, [{ text: 'eval("a");' }]),
  'is closed': ({ workspace, host }) => {
    host.write(path, 'eval("disk");');
    workspace.close(path);
  },
  'is closed and has no file': ({ workspace }) => workspace.close(path),
  'is deleted': ({ workspace, host }) => {
    host.remove(path);
    workspace.close(path);
    workspace.remove([path]);
  },
  'is renamed': ({ workspace, host }) => {
    host.remove(path);
    workspace.close(path);
    workspace.remove([path]);
    host.write(other, 'eval("b");');
    workspace.refresh([other]);
  },
  'is opened again with the same version': ({ workspace }) => {
    workspace.close(path);
    workspace.open(path, 'typescript', 1, 'eval("again");');
  },
  'gets new settings': ({ workspace }) => {
    workspace.reconfigure();
    workspace.change(path, 2, [{ text: 'eval("a");' }]);
  },
};

describe('while a lane is paused, the document', () => {
  for (const lane of ['syntax', 'types', 'project'] satisfies readonly Lane[]) {
    for (const [name, interrupt] of Object.entries(INTERRUPTIONS)) {
      it(`${name} (${lane})`, async () => {
        const hostile = hostileWorkspace({ rules });
        const { workspace } = hostile;
        workspace.open(path, 'typescript', 1, long);
        if (lane !== 'syntax') await hostile.run(path, 'syntax');
        if (lane === 'project') workspace.change(path, 1, [{ text: `${long}\nprocess.env.A;` }]);
        let interrupted = false;
        await hostile.run(path, lane, () => {
          if (interrupted) return;
          interrupted = true;
          interrupt(hostile);
        });
        if (!interrupted) interrupt(hostile);
        const known = workspace.version(path) !== undefined;
        await hostile.check(path);
        assert.equal(probes(hostile, path), known ? 1 : 0);
        if (workspace.version(other) !== undefined) {
          await hostile.check(other);
          assert.equal(probes(hostile, other), 1);
        }
        assert.deepEqual(workspace.failures(), []);
        assert.deepEqual(workspace.skipped(), []);
      });
    }
  }

  it('or the whole workspace goes away', async () => {
    for (const lane of ['syntax', 'types', 'project'] satisfies readonly Lane[]) {
      const hostile = hostileWorkspace({ rules });
      hostile.workspace.open(path, 'typescript', 1, long);
      await hostile.run(path, lane, () => hostile.workspace.dispose());
      assert.deepEqual(hostile.workspace.findings(path), []);
    }
  });
});

describe('changes that no editor should send', () => {
  const at = (line: number, character: number) => ({ line, character });
  const text = 'eval("a");\r\nconst b = 1;\n';
  const changes: Readonly<Record<string, readonly ContentChange[]>> = {
    'beyond the last line': [{ range: { start: at(99, 0), end: at(120, 7) }, text: '// end' }],
    'beyond the end of a line': [{ range: { start: at(0, 500), end: at(0, 900) }, text: ' // end' }],
    'between carriage return and line feed': [{ range: { start: at(0, 11), end: at(0, 11) }, text: ' ' }],
    'with the end before the start': [{ range: { start: at(1, 11), end: at(1, 10) }, text: '2' }],
    'before the first line': [{ range: { start: at(-1, -5), end: at(0, -1) }, text: '// start\n' }],
    'with places that are no whole numbers': [{ range: { start: at(1, 2.5), end: at(1, 3.5) }, text: 'x' }],
    'with places that are no numbers': [{ range: { start: at(Number.NaN, 0), end: at(1, Number.NaN) }, text: '' }],
    'of nothing': [],
    'one after the other, the first inverted': [
      { range: { start: at(1, 5), end: at(0, 11) }, text: '' },
      { range: { start: at(0, 0), end: at(0, 0) }, text: 'f(); ' },
      { range: { start: at(7, 0), end: at(0, 3) }, text: 'eval("c");' },
    ],
  };
  for (const [name, change] of Object.entries(changes)) {
    it(`${name} leave a text with the findings of a fresh run`, async () => {
      const hostile = hostileWorkspace({ rules });
      const { workspace } = hostile;
      workspace.open(path, 'typescript', 1, text);
      await hostile.check(path);
      workspace.change(path, 2, change);
      const findings = await hostile.check(path);
      const fresh = hostileWorkspace({ rules });
      fresh.workspace.open(path, 'typescript', 2, workspace.text(path) ?? '');
      assert.deepEqual(findings, await fresh.check(path));
      assert.equal(workspace.version(path), 2);
    });
  }

  it('for a document that is not open are ignored', async () => {
    const hostile = hostileWorkspace({ rules, files: { [path]: 'eval("disk");' } });
    const { workspace } = hostile;
    workspace.refresh([path]);
    workspace.change(path, 7, [{ text: '' }]);
    workspace.change(`${root}/nowhere.ts`, 7, [{ text: '' }]);
    assert.equal((await hostile.check(path)).length, 1);
    assert.equal(workspace.version(path), 0);
  });

  it('may go back in versions, or stay', async () => {
    const hostile = hostileWorkspace({ rules });
    const { workspace } = hostile;
    workspace.open(path, 'typescript', 10, 'eval("a");');
    await hostile.check(path);
    for (const [version, count] of [
      [3, 2],
      [3, 0],
      [-1, 4],
      [10, 1],
    ] as const) {
      workspace.change(path, version, [{ text: 'eval("a");'.repeat(count) }]);
      assert.equal((await hostile.check(path)).length, count, `version ${version}`);
      assert.equal(workspace.version(path), version);
    }
  });

  it('that keep their version supersede a paused lane all the same', async () => {
    const hostile = hostileWorkspace({ rules });
    const { workspace } = hostile;
    workspace.open(path, 'typescript', 1, long);
    await hostile.run(path, 'syntax', () => workspace.change(path, 1, [{ text: 'eval("a");' }]));
    await hostile.check(path);
    assert.equal(probes(hostile, path), 1);
  });
});

describe('a rule that throws', () => {
  const boom = (): never => {
    throw new Error('boom');
  };
  const { node: _, ...silent } = evalCalls;
  const throwers: Readonly<Record<string, RegisteredRule>> = {
    node: { ...evalCalls, id: 'security/throws', node: { on: { CallExpression: boom } } },
    types: { ...silent, id: 'security/throws', types: { on: { CallExpression: boom } } },
    function: { ...awaitInLoop, id: 'security/throws', function: { collect: { CallExpression: boom }, check: boom } },
    file: { ...manyTimers, id: 'security/throws', file: { collect: { CallExpression: () => 1 }, check: boom } },
    project: { ...sharedEnv, id: 'security/throws', project: { facets: [envReads], check: boom } },
    documents: { ...silent, id: 'security/throws', documents: { languages: ['json'], check: boom } },
  };
  for (const [scope, thrower] of Object.entries(throwers)) {
    it(`in ${scope} scope is told of once and spares all others`, async () => {
      const hostile = hostileWorkspace({ rules: [thrower, ...rules] });
      const { workspace } = hostile;
      const file = scope === 'documents' ? `${root}/a.json` : path;
      const text = scope === 'documents' ? '[1]' : 'function f() { eval("a"); }\neval(process.env.A);\neval("c");';
      workspace.open(file, 'typescript', 1, text);
      const expected = hostileWorkspace({ rules });
      expected.workspace.open(file, 'typescript', 1, text);
      assert.deepEqual(await hostile.check(file), await expected.check(file));
      const [failure, ...others] = workspace.failures();
      assert.deepEqual([failure?.rule, others], [thrower.id, []]);
      assert.match(failure?.error ?? '', /boom/);
    });
  }

  it('half-way through a run that is given up has its say in the next', async () => {
    let angry = true;
    const calm = evalCalls.node?.on.CallExpression;
    const thrower = {
      ...evalCalls,
      id: 'security/throws',
      node: {
        on: {
          CallExpression(node, ctx) {
            if (angry) boom();
            if (typeof calm === 'function') calm(node, ctx);
          },
        },
      },
    } satisfies typeof evalCalls;
    const hostile = hostileWorkspace({ rules: [thrower] });
    const { workspace } = hostile;
    workspace.open(path, 'typescript', 1, long);
    const end = { line: 5_000, character: 0 };
    const result = await hostile.run(path, 'syntax', () => {
      if (angry) workspace.change(path, 2, [{ range: { start: end, end }, text: '\n' }]);
      angry = false;
    });
    assert.equal(result, 'superseded');
    assert.equal((await hostile.check(path)).length, 2_000);
  });
});

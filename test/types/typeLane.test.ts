import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { register, rule } from '#api';
import { parseSource } from '#engine/document/sourceKind.ts';
import { ts } from '#engine/ts.ts';
import { createMemoryHost } from '#host/memory.ts';
import { heapUsed } from '../../bench/heap.ts';
import { createLaneBench, hasty, lines, patient, runOf, typesOfCalls } from './laneBench.ts';

const CONFIG = JSON.stringify({ compilerOptions: { strict: true, lib: ['es2022'], types: [] }, include: ['src'] });
const A = '/p/src/a.ts';
const B = '/p/src/b.ts';
const C = '/p/src/c.ts';

const hostWith = (files: Record<string, string>) => createMemoryHost({ '/p/tsconfig.json': CONFIG, ...files });

const handlers = (count: number): string =>
  Array.from(
    { length: count },
    (_, i) => `export function f${i}(n: number): void {\n  const xs = [n, ${i}];\n  xs.map(String);\n}\n`,
  ).join('');

describe('the types lane', () => {
  it('runs only the function that was edited', async () => {
    const text = handlers(200);
    const bench = createLaneBench({ host: hostWith({}) });
    bench.open(A, text);
    const first = await bench.analyze(A);
    assert.equal(first.findings.length, 200);
    const edited = text.replace('const xs = [n, 100];', 'const xs = [n, 100, n];');
    bench.edit(A, edited);
    const second = await bench.analyze(A);
    assert.equal(second.findings.length, 200);
    assert.equal(second.stats.reused, 398, 'all units but the edited statement and its body');
    assert.ok(second.stats.visited < 40, `${second.stats.visited} nodes visited`);
  });

  it('runs everything anew when a signature changes', async () => {
    const text = `${handlers(20)}export function last() {\n  return f1(1);\n}\nlast();\n`;
    const bench = createLaneBench({ host: hostWith({}) });
    bench.open(A, text);
    await bench.analyze(A);
    const edited = text.replace('f1(n: number): void', 'f1(n: number): number');
    bench.edit(A, edited);
    const { findings, stats } = await bench.analyze(A);
    assert.equal(stats.reused, 0);
    assert.ok(lines(findings, edited).includes('last() → number'));
  });

  it('runs callers anew when an async function stops catching its errors, and not before', async () => {
    const text = `${handlers(5)}async function calm(): Promise<void> {\n  try {\n    await Promise.resolve();\n  } catch {}\n}\ncalm();\n`;
    const bench = createLaneBench({ host: hostWith({}) });
    bench.open(A, text);
    await bench.analyze(A);
    const busier = text.replace('await Promise.resolve();', 'await Promise.resolve();\n    await Promise.resolve();');
    bench.edit(A, busier);
    assert.ok((await bench.analyze(A)).stats.reused > 5, 'nothing but its body');
    bench.edit(A, busier.replace('  try {', '  await Promise.resolve();\n  try {'));
    assert.equal((await bench.analyze(A)).stats.reused, 0);
  });

  it('gives the same findings in slices as in one go', async () => {
    const text = `${handlers(60)}export function big(): void {\n${'  [1].map(String);\n  if (Math.random() > 1) {\n    [2].map(String);\n  }\n'.repeat(240)}}\n`;
    const oneGo = createLaneBench({ host: hostWith({}) });
    oneGo.open(A, text);
    const sliced = createLaneBench({ host: hostWith({}) });
    sliced.open(A, text);
    const scheduler = hasty();
    const expected = await oneGo.analyze(A);
    const actual = await sliced.analyze(A, scheduler);
    assert.deepEqual(lines(actual.findings, text), lines(expected.findings, text));
    assert.equal(expected.findings.length, 60 + 480 + 240);
    assert.ok(scheduler.pauses > 150, `${scheduler.pauses} pauses; long functions must be interruptible as well`);
  });

  it('gets its first program ready in slices, and reads no file for it again', async () => {
    const count = 60;
    const files = Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `/p/src/m${i}.ts`,
        `import { f${i + 1} } from './m${i + 1}';\nexport const f${i} = () => [f${i + 1}()];\n`,
      ]),
    );
    const memory = hostWith({ ...files, [`/p/src/m${count}.ts`]: 'export const f60 = () => 1n;\n' });
    const reads = new Map<string, number>();
    const readText = (path: string): string | undefined => {
      reads.set(path, (reads.get(path) ?? 0) + 1);
      return memory.readText(path);
    };
    const text = "import { f58 } from './m58';\nimport './m0';\nf58();\n";
    const bench = createLaneBench({ host: { ...memory, readText } });
    bench.open(A, text);
    const scheduler = hasty();
    const { findings } = await bench.analyze(A, scheduler);
    assert.deepEqual(lines(findings, text), ['f58() → bigint[][]']);
    assert.ok(scheduler.pauses > count, `${scheduler.pauses} pauses`);
    const perFile = Object.keys(files).map((path) => reads.get(path));
    assert.deepEqual(new Set(perFile), new Set([2]), 'once to see whether it is ambient, once to parse');
  });

  it('stops when the document changes during a pause, or nobody wants the result', async () => {
    const bench = createLaneBench({ host: hostWith({}) });
    // Enough that no hiccup of the machine lets a slice reach the end.
    bench.open(A, handlers(400));
    let pauses = 0;
    const editing = {
      budget: 0,
      superseded: false,
      pause: async () => {
        if (++pauses === 3) bench.edit(A, handlers(401));
      },
    };
    await bench.analyze(A);
    bench.edit(A, `${handlers(400)}export const signature = 1;\n`);
    assert.equal(await bench.lane.analyze(A, runOf([typesOfCalls]), editing), 'superseded');
    assert.equal(pauses, 3);
    const unwanted = {
      budget: 0,
      superseded: false,
      pause: async () => {
        unwanted.superseded = true;
      },
    };
    assert.equal(await bench.lane.analyze(A, runOf([typesOfCalls]), unwanted), 'superseded');
    assert.equal((await bench.analyze(A)).findings.length, 401);
  });

  it('keeps findings of unchanged code in place while nothing has been analysed again', async () => {
    const text = handlers(4);
    const bench = createLaneBench({ host: hostWith({}) });
    bench.open(A, text);
    await bench.analyze(A);
    const edited = text.replace('const xs = [n, 1];', 'const xs = [n];\n  // grown\n');
    bench.edit(A, edited);
    const current = bench.lane.current(A);
    assert.deepEqual(new Set(lines(current, edited)), new Set(['xs.map(String) → string[]']));
    assert.deepEqual(
      current.map(({ start }) => edited.slice(0, start).split('\n').length),
      [3, 13, 17],
    );
  });

  it('names the documents that depend on a changed surface, once', async () => {
    const bench = createLaneBench({ host: hostWith({}) });
    bench.open(
      A,
      'export function f(n: number): number {\n  return n;\n}\nexport function g(n: number) {\n  return n;\n}\n',
    );
    bench.open(B, "export { f, g } from './a';\n");
    bench.open(C, "import { g } from './b';\ng(1);\n");
    for (const path of [A, B, C]) await bench.analyze(path);
    assert.deepEqual(bench.lane.staleImporters(), []);

    bench.edit(
      A,
      'export function f(n: number): number {\n  return n + 1;\n}\nexport function g(n: number) {\n  return n;\n}\n',
    );
    await bench.analyze(A);
    assert.deepEqual(bench.lane.staleImporters(), [], 'an annotated body is nobody else’s business');

    bench.edit(
      A,
      "export function f(n: number): number {\n  return n + 1;\n}\nexport function g(n: number) {\n  return 's' + n;\n}\n",
    );
    await bench.analyze(A);
    assert.deepEqual([...bench.lane.staleImporters()].sort(), [B, C]);
    assert.deepEqual(bench.lane.staleImporters(), []);
    assert.deepEqual(lines((await bench.analyze(C)).findings, "import { g } from './b';\ng(1);\n"), ['g(1) → string']);
  });

  it('finds an import that appears later', async () => {
    const host = hostWith({});
    const bench = createLaneBench({ host });
    const text = "import { late } from './late';\nlate();\n";
    bench.open(A, text);
    assert.deepEqual(lines((await bench.analyze(A)).findings, text), ['late() → any']);
    host.write('/p/src/late.ts', 'export function late() { return 1n; }\n');
    bench.lane.invalidate(['/p/src/late.ts']);
    assert.deepEqual(bench.lane.staleImporters(), [A]);
    assert.deepEqual(lines((await bench.analyze(A)).findings, text), ['late() → bigint']);
    host.remove('/p/src/late.ts');
    bench.lane.invalidate(['/p/src/late.ts']);
    assert.deepEqual(lines((await bench.analyze(A)).findings, text), ['late() → any']);
  });

  it('still knows the standard library after a file came', async () => {
    const host = hostWith({});
    const bench = createLaneBench({ host });
    const text = '[1].map(String);\n';
    bench.open(A, text);
    const before = lines((await bench.analyze(A)).findings, text);
    assert.deepEqual(before, ['[1].map(String) → string[]']);
    host.write(B, '');
    bench.lane.invalidate([B]);
    bench.open(C, text);
    assert.deepEqual(lines((await bench.analyze(C)).findings, text), before);
  });

  it('finds an import that is only open, not saved', async () => {
    const bench = createLaneBench({ host: hostWith({}) });
    const text = "import { draft } from './drafts/draft';\ndraft();\n";
    bench.open(A, text);
    assert.deepEqual(lines((await bench.analyze(A)).findings, text), ['draft() → any']);
    bench.open('/p/src/drafts/draft.ts', 'export const draft = () => [1n];\n');
    assert.deepEqual(lines((await bench.analyze(A)).findings, text), ['draft() → bigint[]']);
    bench.close('/p/src/drafts/draft.ts');
    assert.deepEqual(lines((await bench.analyze(A)).findings, text), ['draft() → any']);
  });

  it('goes on when there are more projects than programs are kept', async () => {
    const packages = ['a', 'b', 'c', 'd', 'e'];
    const host = createMemoryHost(
      Object.fromEntries(
        packages.flatMap((name) => [
          [`/p/${name}/tsconfig.json`, CONFIG],
          [`/p/${name}/src/a.ts`, 'export const xs = [1].map(String);\n'],
        ]),
      ),
    );
    const bench = createLaneBench({ host });
    for (let round = 0; round < 2; round++) {
      for (const name of packages) {
        const { findings } = await bench.analyze(`/p/${name}/src/a.ts`);
        assert.equal(findings.length, 1, `${name} in round ${round}`);
      }
    }
    // The programs are gone, what they told is not.
    for (let turn = 0; turn < 5; turn++) {
      heapUsed();
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const name of packages) assert.equal(bench.lane.current(`/p/${name}/src/a.ts`).length, 1, name);
  });

  it('keeps findings while a document is opened, closed or touched with the same text', async () => {
    const text = '\nString(1);\n';
    const host = hostWith({ [A]: text });
    const bench = createLaneBench({ host });
    const found = (): readonly string[] => lines(bench.lane.current(A), text);
    assert.equal(bench.open(A, text), false, 'nothing was known of it');
    await bench.analyze(A);
    assert.deepEqual(found(), ['String(1) → string']);
    assert.equal(bench.close(A), true);
    assert.deepEqual(found(), ['String(1) → string']);
    assert.equal(bench.open(A, text), true);
    assert.deepEqual(found(), ['String(1) → string']);
    bench.close(A);
    bench.lane.invalidate([A]);
    assert.deepEqual(found(), ['String(1) → string'], 'a file that was written with the same text');
    bench.lane.reset();
    assert.deepEqual(found(), ['String(1) → string'], 'settings that are read anew');
    await bench.analyze(A);
    bench.lane.reset();
    assert.deepEqual(found(), ['String(1) → string'], 'a closed document that was analysed itself');
    assert.equal(bench.open(A, `// before\n${text}`), false);
    assert.deepEqual(found(), [], 'another text');
    await bench.analyze(A);
    bench.close(A);
    assert.deepEqual(found(), [], 'a change that was given up');
    await bench.analyze(A);
    host.write(A, `// before\n${text}`);
    bench.lane.invalidate([A]);
    assert.deepEqual(found(), [], 'a file that was written with another text');
  });

  it('does not take an edit in a document that was opened again for the text it knows', async () => {
    const text = 'String(1);\n';
    const bench = createLaneBench({ host: hostWith({ [A]: text }) });
    bench.open(A, text);
    await bench.analyze(A);
    bench.close(A);
    bench.open(A, text);
    bench.edit(A, `// before\n${text}`);
    assert.deepEqual(bench.lane.current(A), []);
    assert.equal((await bench.analyze(A)).findings.length, 1);
  });

  it('goes on without a rule that throws, and tries it again on the next version', async () => {
    let throws = true;
    const fragile = register(
      'types',
      'fragile',
      rule({
        meta: { priority: 'P3', since: 'next', summary: 'Throws.', topics: [], messages: { seen: 'seen' } },
        options: z.strictObject({}),
        types: {
          on: {
            CallExpression(node, ctx) {
              if (throws && node.getText().includes('1')) throw new Error('cannot');
              ctx.report(node, 'seen');
            },
          },
        },
      }),
    );
    const text = 'String(0);\nString(1);\nfunction f(): void {\n  String(2);\n}\n';
    const bench = createLaneBench({ host: hostWith({}), rules: [fragile, typesOfCalls] });
    bench.open(A, text);
    const first = await bench.analyze(A);
    assert.deepEqual(
      first.findings.map(({ rule }) => rule),
      ['types/of-calls', 'types/of-calls', 'types/of-calls'],
    );
    assert.deepEqual(bench.failures, [{ rule: 'types/fragile', path: A, error: 'cannot' }]);
    await bench.analyze(A);
    assert.equal(bench.failures.length, 1, 'reported once per version');
    throws = false;
    bench.edit(A, `${text}// more\n`);
    assert.equal((await bench.analyze(A)).findings.length, 6);
  });

  it('leaves very large documents alone unless asked', async () => {
    const text = handlers(50);
    const bench = createLaneBench({ host: hostWith({}), maxLength: 1000 });
    bench.open(A, text);
    assert.deepEqual((await bench.analyze(A)).findings, []);
    const asked = await bench.lane.analyze(A, runOf([typesOfCalls], true), hasty());
    assert.notEqual(asked, 'superseded');
    assert.equal(bench.lane.current(A).length, 50);
  });

  it('survives code nested deeper than the stack', async () => {
    const bench = createLaneBench({ host: hostWith({}) });
    const text = `${'('.repeat(20_000)}1${')'.repeat(20_000)};\n`;
    bench.open('/p/src/shallow.ts', 'String(1);\n');
    // The engine refuses to parse such text, so it comes from disk here.
    const host = hostWith({ '/p/src/deep.ts': text });
    const closed = createLaneBench({ host });
    assert.deepEqual((await closed.analyze('/p/src/deep.ts')).findings, []);
    assert.equal(closed.failures.length, 1);
    assert.equal((await bench.analyze('/p/src/shallow.ts')).findings.length, 1);
  });

  it('lets go of the trees and checkers of earlier versions', async () => {
    const bench = createLaneBench({ host: hostWith({ [B]: 'export const g = 1;\n' }) });
    bench.open(A, `import { g } from './b';\n${handlers(10)}`);
    const past: WeakRef<object>[] = [];
    for (let edit = 0; edit < 40; edit++) {
      bench.edit(A, `import { g } from './b';\n${handlers(10).replace(`[n, ${edit % 10}]`, `[n, ${edit}, g]`)}`);
      await bench.analyze(A, edit % 2 === 0 ? patient : hasty());
      const file = bench.tree(A)?.file;
      const query = file && bench.lane.query(A, file);
      assert.ok(file !== undefined && query !== undefined);
      past.push(new WeakRef(file), new WeakRef(query.checker));
      // Weak references hold until the turn of the event loop ends.
      await new Promise((resolve) => setImmediate(resolve));
    }
    // Optimised code and the collector itself hold on to a few of the last ones; a leak keeps all eighty.
    const FEW = 16;
    const countAlive = (): number => past.filter((reference) => reference.deref() !== undefined).length;
    let alive = past.length;
    // Weak references and finalizers take some collections; what leaks outlives any number of them.
    for (let turn = 0; turn < 20 && alive > FEW; turn++) {
      heapUsed();
      await new Promise((resolve) => setImmediate(resolve));
      alive = countAlive();
    }
    assert.ok(alive <= FEW, `${alive} of ${past.length} are alive`);
  });

  it('answers type questions for the current tree, and for any other that is handed in', async () => {
    const nameIn = (tree: ts.SourceFile): ts.BindingName | undefined =>
      tree.statements.find(ts.isVariableStatement)?.declarationList.declarations[0]?.name;
    const typeIn = (path: string, tree: ts.SourceFile | undefined): string | undefined => {
      const name = tree && nameIn(tree);
      const query = tree && bench.lane.query(path, tree);
      return name && query?.checker.typeToString(query.typeAt(name));
    };
    const bench = createLaneBench({
      host: hostWith({ [B]: "export const ys = ['s'];\n" }),
    });
    bench.open(A, "import { ys } from './b';\nexport const xs = [1, ...ys];\n");
    const open = bench.tree(A)?.file;
    assert.equal(typeIn(A, open), '(string | number)[]');
    const tried = parseSource(A, "import { ys } from './b';\nexport const xs = [1n, ...ys];\n", ts.ScriptKind.TS);
    assert.equal(typeIn(A, tried), '(string | bigint)[]');
    assert.equal(typeIn(A, open), '(string | number)[]', 'the document itself is not touched by that');
    const closed = parseSource(B, 'export const ys = [true];\n', ts.ScriptKind.TS);
    assert.equal(typeIn(B, closed), 'boolean[]');
    assert.equal((await bench.analyze(A)).findings.length, 0);
    bench.lane.dispose();
    assert.equal(typeIn(A, open), undefined);
  });
});

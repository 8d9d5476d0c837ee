import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseSource } from '#engine/document/sourceKind.ts';
import { ts } from '#engine/ts.ts';
import { createMemoryHost } from '#host/memory.ts';
import { createLaneBench, lines } from './laneBench.ts';

const TSCONFIG = '/p/tsconfig.json';
const FILE = '/p/src/a.ts';

function configWith(options: Record<string, unknown>): string {
  return JSON.stringify({
    compilerOptions: { strict: true, target: 'es2022', lib: ['es2022'], types: [], ...options },
    include: ['src'],
  });
}

/** The tree that the checker works on, found through a symbol declared in it. */
function checkedTree(bench: ReturnType<typeof createLaneBench>, path: string): ts.SourceFile | undefined {
  const file = bench.tree(path)?.file;
  const checker = file && bench.lane.query(path, file)?.checker;
  const name = file?.statements.find(ts.isFunctionDeclaration)?.name;
  if (checker === undefined || name === undefined) return undefined;
  return checker.getSymbolAtLocation(name)?.declarations?.[0]?.getSourceFile();
}

describe('the shared document registry', () => {
  it('gives the checker the very tree that the engine edits, edit after edit', async () => {
    const body = Array.from(
      { length: 40 },
      (_, i) => `export function f${i}(n: number): number[] { return [n, ${i}]; }`,
    );
    const bench = createLaneBench({ host: createMemoryHost({ [TSCONFIG]: configWith({}), [FILE]: '' }) });
    let text = `import { g } from './b';\n${body.join('\n')}\nf1(1);\n`;
    bench.open(FILE, text);
    bench.open('/p/src/b.ts', 'export const g = 1;\n');
    await bench.analyze(FILE);
    for (let index = 0; index < 25; index++) {
      text = text.replace(`[n, ${index}]`, `[n, ${index}, n]`);
      bench.edit(FILE, text);
      assert.equal(checkedTree(bench, FILE), bench.tree(FILE)?.file);
    }
  });

  it('sees the same types as a program that parses for itself', async () => {
    const cases: readonly [name: string, options: Record<string, unknown>, files: Record<string, string>][] = [
      ['strict module', {}, {}],
      [
        'file without imports, forced to be a module',
        { moduleDetection: 'force' },
        { '/p/src/z.ts': 'const shared = 1;' },
      ],
      ['script whose names are global', { moduleDetection: 'legacy' }, { '/p/src/z.ts': "var shared = 's';" }],
      [
        'node16 in an ESM package',
        { module: 'node16' },
        { '/p/package.json': '{"type":"module"}', '/p/src/z.ts': 'const shared = 1;' },
      ],
      ['node16 in a CommonJS package', { module: 'node16' }, { '/p/package.json': '{"type":"commonjs"}' }],
      ['react jsx', { jsx: 'react-jsx' }, {}],
      ['ES5 target', { target: 'es5' }, {}],
    ];
    for (const [name, options, files] of cases) {
      const text =
        'const shared = [1, 2];\nfunction own() { return shared; }\nown();\nown().map((n) => { return String(n); });\n';
      const host = createMemoryHost({ [TSCONFIG]: configWith(options), [FILE]: text, ...files });
      const shared = createLaneBench({ host });
      shared.open(FILE, 'const shared = [1, 2];\n');
      await shared.analyze(FILE);
      shared.edit(FILE, text);
      const closed = createLaneBench({ host });
      const own = await shared.analyze(FILE);
      assert.equal(checkedTree(shared, FILE), shared.tree(FILE)?.file, name);
      assert.deepEqual(lines(own.findings, text), lines((await closed.analyze(FILE)).findings, text), name);
      assert.ok(own.findings.length >= 3, name);
    }
  });

  it('takes a document over when it is opened and gives it back when it is closed', async () => {
    const host = createMemoryHost({
      [TSCONFIG]: configWith({}),
      [FILE]: "import { g } from './b';\ng();\n",
      '/p/src/b.ts': 'export function g() { return 1; }\n',
    });
    const bench = createLaneBench({ host });
    const types = async () => lines((await bench.analyze(FILE)).findings, "import { g } from './b';\ng();\n");
    assert.deepEqual(await types(), ['g() → number']);
    bench.open('/p/src/b.ts', "export function g() { return 's'; }\n");
    assert.deepEqual(await types(), ['g() → string']);
    bench.close('/p/src/b.ts');
    assert.deepEqual(await types(), ['g() → number']);
    host.write('/p/src/b.ts', 'export function g() { return [true]; }\n');
    bench.lane.invalidate(['/p/src/b.ts']);
    assert.deepEqual(await types(), ['g() → boolean[]']);
  });

  it('falls back to a copy when a tree was bound under other options', async () => {
    const text = 'const shared = [1];\nfunction own() { return shared; }\nown();\n';
    const host = createMemoryHost({
      [TSCONFIG]: configWith({ moduleDetection: 'force' }),
      [FILE]: text,
      '/p/src/z.ts': 'export {};',
    });
    const bench = createLaneBench({ host });
    bench.open(FILE, text);
    await bench.analyze(FILE);
    host.write(TSCONFIG, configWith({ moduleDetection: 'legacy' }));
    bench.lane.reset();
    assert.deepEqual(lines((await bench.analyze(FILE)).findings, text), ['own() → number[]']);
    assert.deepEqual(lines(bench.lane.current(FILE), text), ['own() → number[]']);
    assert.equal(checkedTree(bench, FILE), undefined);
    bench.reparse();
    assert.deepEqual(lines((await bench.analyze(FILE)).findings, text), ['own() → number[]']);
    assert.equal(checkedTree(bench, FILE), bench.tree(FILE)?.file);
  });

  it('keeps the nodes that the incremental parser keeps', () => {
    // What all caches rest on; a compiler that no longer does this must fail here and not in the field.
    const text = Array.from({ length: 50 }, (_, i) => `function f${i}() { return ${i}; }`).join('\n');
    const before = parseSource(FILE, text, ts.ScriptKind.TS);
    const kept = new Set(before.statements);
    const at = text.indexOf('return 25');
    const after = ts.updateSourceFile(before, `${text.slice(0, at)}x;${text.slice(at)}`, {
      span: { start: at, length: 0 },
      newLength: 2,
    });
    assert.ok(after.statements.filter((statement) => kept.has(statement)).length >= 48);
  });
});

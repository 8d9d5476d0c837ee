import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryHost } from '#host/memory.ts';
import { createLaneBench, hasty, lines } from './laneBench.ts';

/** Types of the calls in a file of a project. */
async function callsIn(path: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const bench = createLaneBench({ host: createMemoryHost(files) });
  const text = files[path] ?? '';
  bench.open(path, text);
  const { findings } = await bench.analyze(path);
  assert.deepEqual(bench.failures, []);
  const sliced = createLaneBench({ host: createMemoryHost(files) });
  sliced.open(path, text);
  const inSlices = await sliced.analyze(path, hasty());
  assert.deepEqual(lines(inSlices.findings, text), lines(findings, text), 'the same in slices');
  return lines(findings, text);
}

const config = (options: object, rest: object = { include: ['src'] }): string =>
  JSON.stringify({ compilerOptions: { lib: ['es2022'], types: [], ...options }, ...rest });

const MAYBE = 'declare const xs: (number | undefined)[];\nexport const last = xs.pop();\n';

describe('the config of a file', () => {
  it('need not exist', async () => {
    assert.deepEqual(await callsIn('/p/a.ts', { '/p/a.ts': MAYBE }), ['xs.pop() → number | undefined']);
    assert.deepEqual(await callsIn('/p/a.js', { '/p/a.js': '[1].map(String);\n' }), ['[1].map(String) → string[]']);
    assert.deepEqual(await callsIn('/p/a.tsx', { '/p/a.tsx': '[1].map(String);\nexport {};' }), [
      '[1].map(String) → string[]',
    ]);
  });

  it('decides strictness', async () => {
    const loose = { '/p/tsconfig.json': config({ strict: false }), '/p/src/a.ts': MAYBE };
    assert.deepEqual(await callsIn('/p/src/a.ts', loose), ['xs.pop() → number']);
    const strict = { ...loose, '/p/tsconfig.json': config({ strict: true }) };
    assert.deepEqual(await callsIn('/p/src/a.ts', strict), ['xs.pop() → number | undefined']);
  });

  it('may be broken: what can be read applies', async () => {
    const broken = [
      '{ "compilerOptions": { "strict": false, "lib": ["es2022"], "types": [] ',
      '{ "compilerOptions": { "strict": false, "target": "es1999", "lib": ["es2022", "nonsense"], "types": [] }, "include": 7 }',
      '// a comment\n{ "compilerOptions": { "strict": false, }, }',
    ];
    for (const text of broken) {
      assert.deepEqual(
        await callsIn('/p/src/a.ts', { '/p/tsconfig.json': text, '/p/src/a.ts': MAYBE }),
        ['xs.pop() → number'],
        text,
      );
    }
    for (const text of [
      '',
      '\0\u0001garbage',
      '[]',
      'null',
      '{"extends": 5}',
      '{"extends": "./tsconfig.json"}',
      '{"extends": "./gone.json"}',
    ]) {
      assert.deepEqual(
        await callsIn('/p/src/a.ts', { '/p/tsconfig.json': text, '/p/src/a.ts': MAYBE }),
        ['xs.pop() → number | undefined'],
        text,
      );
    }
  });

  it('inherits from files and packages', async () => {
    const files = {
      '/p/tsconfig.json': JSON.stringify({ extends: ['./base.json', '@org/tsconfig/node.json'], include: ['src'] }),
      '/p/base.json': JSON.stringify({ compilerOptions: { strict: true, lib: ['es2022'], types: [] } }),
      '/p/node_modules/@org/tsconfig/node.json': JSON.stringify({ compilerOptions: { strict: false } }),
      '/p/src/a.ts': MAYBE,
    };
    assert.deepEqual(await callsIn('/p/src/a.ts', files), ['xs.pop() → number']);
  });

  it('is the nearest one that lists the file', async () => {
    const files = {
      '/p/tsconfig.json': config({ strict: false }, { include: ['**/*'] }),
      '/p/packages/x/tsconfig.json': config({ strict: true }),
      '/p/packages/x/src/a.ts': MAYBE,
      '/p/packages/x/tools/b.ts': MAYBE,
    };
    assert.deepEqual(await callsIn('/p/packages/x/src/a.ts', files), ['xs.pop() → number | undefined']);
    assert.deepEqual(await callsIn('/p/packages/x/tools/b.ts', files), ['xs.pop() → number']);
  });

  it('lends its options to a file that none lists', async () => {
    const files = { '/p/tsconfig.json': config({ strict: false }), '/p/test/a.test.ts': MAYBE };
    assert.deepEqual(await callsIn('/p/test/a.test.ts', files), ['xs.pop() → number']);
    const script = { '/p/tsconfig.json': config({}), '/p/tools/a.js': '[1].map(String);\n' };
    assert.deepEqual(await callsIn('/p/tools/a.js', script), ['[1].map(String) → string[]']);
  });

  it('may be a jsconfig', async () => {
    const files = {
      '/p/jsconfig.json': config({ baseUrl: '.', paths: { 'lib/*': ['./lib/*'] } }, {}),
      '/p/lib/b.js': '/** @returns {bigint[]} */\nexport function b() { return []; }\n',
      '/p/src/a.js': "import { b } from 'lib/b';\nb();\n",
    };
    assert.deepEqual(await callsIn('/p/src/a.js', files), ['b() → bigint[]']);
  });

  it('may be a solution whose projects list the files', async () => {
    const files = {
      '/p/tsconfig.json': JSON.stringify({
        files: [],
        references: [{ path: './tsconfig.app.json' }, { path: './lib' }],
      }),
      '/p/tsconfig.app.json': config({ strict: false }),
      '/p/lib/tsconfig.json': config({ strict: true, composite: true }),
      '/p/src/a.ts': MAYBE,
      '/p/lib/src/b.ts': MAYBE,
      '/p/other/c.ts': MAYBE,
    };
    assert.deepEqual(await callsIn('/p/src/a.ts', files), ['xs.pop() → number']);
    assert.deepEqual(await callsIn('/p/lib/src/b.ts', files), ['xs.pop() → number | undefined']);
    assert.deepEqual(
      await callsIn('/p/other/c.ts', files),
      ['xs.pop() → number'],
      'the first project speaks for the rest',
    );
  });

  it('survives references in a circle, and to nowhere', async () => {
    const files = {
      '/p/tsconfig.json': config({ strict: false }, { files: [], references: [{ path: './a' }, { path: './gone' }] }),
      '/p/a/tsconfig.json': config({ strict: false }, { files: [], references: [{ path: '..' }] }),
      '/p/src/a.ts': MAYBE,
    };
    assert.equal((await callsIn('/p/src/a.ts', files)).length, 1);
  });

  it('maps paths', async () => {
    const files = {
      '/p/tsconfig.json': config({ paths: { '@app/*': ['./src/*'] } }),
      '/p/src/b.ts': 'export function b() { return [1n]; }\n',
      '/p/src/a.ts': "import { b } from '@app/b';\nb();\n",
    };
    assert.deepEqual(await callsIn('/p/src/a.ts', files), ['b() → bigint[]']);
  });

  it('understands settings of older compilers', async () => {
    const files = {
      '/p/tsconfig.json': config({
        module: 'commonjs',
        moduleResolution: 'node',
        baseUrl: './src',
        target: 'es5',
        lib: undefined,
      }),
      '/p/src/b.ts': 'export function b() { return [1]; }\n',
      '/p/src/a.ts': "import { b } from './b';\nb();\n",
    };
    assert.deepEqual(await callsIn('/p/src/a.ts', files), ['b() → number[]']);
  });
});

describe('packages', () => {
  const importing = "import { make } from 'maker';\nmake();\n";

  it('may be missing', async () => {
    const files = { '/p/tsconfig.json': config({ types: ['node', 'gone'] }), '/p/src/a.ts': importing };
    assert.deepEqual(await callsIn('/p/src/a.ts', files), ['make() → any']);
  });

  it('bring types of their own, or from @types', async () => {
    const own = {
      '/p/tsconfig.json': config({}),
      '/p/src/a.ts': importing,
      '/p/node_modules/maker/package.json': '{"name":"maker","version":"1.0.0","types":"./types/main.d.ts"}',
      '/p/node_modules/maker/types/main.d.ts': 'export declare function make(): Date[];\n',
    };
    assert.deepEqual(await callsIn('/p/src/a.ts', own), ['make() → Date[]']);
    const borrowed = {
      '/p/tsconfig.json': config({}),
      '/p/src/a.ts': importing,
      '/p/node_modules/@types/maker/index.d.ts': 'export declare function make(): Date[];\n',
    };
    assert.deepEqual(await callsIn('/p/src/a.ts', borrowed), ['make() → Date[]']);
  });

  it('declare globals in @types even where the config does not say which', async () => {
    const files = {
      '/p/tsconfig.json': config({ types: undefined }),
      '/p/src/a.ts': 'globe();\nexport {};\n',
      '/p/node_modules/@types/globe/index.d.ts': 'declare function globe(): number[];\n',
    };
    assert.deepEqual(await callsIn('/p/src/a.ts', files), ['globe() → number[]']);
  });

  it('are found behind links, with what they depend on themselves', async () => {
    const store = '/p/node_modules/.store/maker@1/node_modules';
    const memory = createMemoryHost({
      '/p/tsconfig.json': config({}),
      [`${store}/maker/package.json`]: '{"name":"maker","version":"1.0.0","types":"./main.d.ts"}',
      [`${store}/maker/main.d.ts`]: "import { Part } from 'part';\nexport declare function make(): Part[];\n",
      [`${store}/part/index.d.ts`]: 'export type Part = number;\n',
    });
    const linked = (path: string): string => path.replace('/p/node_modules/maker', `${store}/maker`);
    const host = {
      ...memory,
      readText: (path: string) => memory.readText(linked(path)),
      isFile: (path: string) => memory.isFile(linked(path)),
      isFolder: (path: string) => memory.isFolder(linked(path)),
      list: (path: string) =>
        path === '/p/node_modules'
          ? [...memory.list(path), { name: 'maker', kind: 'folder' as const }]
          : memory.list(linked(path)),
      realPath: linked,
    };
    const bench = createLaneBench({ host });
    bench.open('/p/src/a.ts', importing);
    assert.deepEqual(lines((await bench.analyze('/p/src/a.ts')).findings, importing), ['make() → number[]']);
  });

  it('of the same workspace keep their paths when the workspace itself is behind a link', async () => {
    const memory = createMemoryHost({
      '/p/tsconfig.json': config({}),
      '/p/core/package.json': '{"name":"maker","version":"1.0.0","types":"./main.ts"}',
      '/p/core/main.ts': 'export function make() { return 1; }\n',
      '/p/node_modules/.package-lock.json': '{}',
    });
    const linked = (path: string): string => path.replace('/p/node_modules/maker', '/p/core');
    const host = {
      ...memory,
      readText: (path: string) => memory.readText(linked(path)),
      isFile: (path: string) => memory.isFile(linked(path)),
      isFolder: (path: string) => memory.isFolder(linked(path)),
      list: (path: string) =>
        path === '/p/node_modules' ? [{ name: 'maker', kind: 'folder' as const }] : memory.list(linked(path)),
      realPath: (path: string) => linked(path).replace('/p', '/private/p'),
    };
    const bench = createLaneBench({ host });
    bench.open('/p/src/a.ts', importing);
    bench.open('/p/core/main.ts', 'export function make() { return [1n]; }\n');
    const { findings } = await bench.analyze('/p/src/a.ts');
    assert.deepEqual(lines(findings, importing), ['make() → bigint[]'], 'the open document, not the file on disk');
  });

  it('of the same workspace are read from their sources', async () => {
    const files = {
      '/p/tsconfig.json': JSON.stringify({ files: [], references: [{ path: './core' }, { path: './app' }] }),
      '/p/core/tsconfig.json': config({ composite: true, rootDir: 'src', outDir: 'dist' }),
      '/p/core/package.json': '{"name":"core","version":"1.0.0","types":"./dist/main.d.ts"}',
      '/p/core/src/main.ts': 'export function make() { return [1n]; }\n',
      '/p/app/tsconfig.json': config(
        { paths: { core: ['../core/dist/main.d.ts'] } },
        { include: ['src'], references: [{ path: '../core' }] },
      ),
      '/p/app/src/a.ts': "import { make } from 'core';\nmake();\n",
    };
    assert.deepEqual(await callsIn('/p/app/src/a.ts', files), ['make() → bigint[]']);
  });
});

describe('lib files', () => {
  const usesNew = 'export const sorted = [1].toSorted();\n';

  it('come with the engine when the project has none', async () => {
    const files = { '/p/tsconfig.json': config({ lib: ['es2023'] }), '/p/src/a.ts': usesNew };
    assert.deepEqual(await callsIn('/p/src/a.ts', files), ['[1].toSorted() → number[]']);
    const older = { ...files, '/p/tsconfig.json': config({ lib: ['es2022'] }) };
    assert.deepEqual(await callsIn('/p/src/a.ts', older), ['[1].toSorted() → any'], 'the config says which');
  });

  const ownLib = {
    '/p/tsconfig.json': config({ lib: ['es5'] }),
    '/p/src/a.ts': 'ownGlobal();\nexport {};\n',
    '/p/node_modules/typescript/lib/lib.es5.d.ts':
      'interface Array<T> {}\ninterface Boolean {}\ninterface Function {}\ninterface IArguments {}\ninterface Number {}\ninterface Object {}\ninterface RegExp {}\ninterface String {}\ndeclare function ownGlobal(): "own";\n',
  };

  it('are the project’s own when its compiler is one that this one understands', async () => {
    const known = { ...ownLib, '/p/node_modules/typescript/package.json': '{"version": "5.9.2"}' };
    assert.deepEqual(await callsIn('/p/src/a.ts', known), ['ownGlobal() → "own"']);
  });

  it('are not the project’s own when its compiler is too old, too new, or incomplete', async () => {
    for (const version of ['4.9.5', '7.0.2', 'nonsense']) {
      const other = { ...ownLib, '/p/node_modules/typescript/package.json': `{"version": "${version}"}` };
      assert.deepEqual(await callsIn('/p/src/a.ts', other), ['ownGlobal() → any'], version);
    }
    const incomplete = {
      ...ownLib,
      '/p/tsconfig.json': config({ lib: ['es5', 'dom'] }),
      '/p/node_modules/typescript/package.json': '{"version": "5.9.2"}',
    };
    assert.deepEqual(await callsIn('/p/src/a.ts', incomplete), ['ownGlobal() → any']);
  });
});

describe('files that nothing imports', () => {
  it('count when they declare globals, and are not loaded otherwise', async () => {
    const host = createMemoryHost({
      '/p/tsconfig.json': config({}),
      '/p/src/globals.d.ts': 'declare function fromDeclaration(): 1;\n',
      '/p/src/augments.ts': 'declare global { function fromModule(): 2 }\nexport {};\n',
      '/p/src/script.ts': 'function fromScript() { return [3]; }\n',
      '/p/src/unrelated.ts': 'export function unrelated() {}\n',
    });
    const read: string[] = [];
    const readText = (path: string): string | undefined => {
      read.push(path);
      return host.readText(path);
    };
    const bench = createLaneBench({ host: { ...host, readText } });
    const text = 'fromDeclaration();\nfromModule();\nfromScript();\nexport {};\n';
    bench.open('/p/src/a.ts', text);
    const { findings } = await bench.analyze('/p/src/a.ts');
    assert.deepEqual(lines(findings, text), ['fromDeclaration() → 1', 'fromModule() → 2', 'fromScript() → number[]']);
    assert.equal(read.filter((path) => path === '/p/src/unrelated.ts').length, 1, 'looked at once, not compiled');
  });
});

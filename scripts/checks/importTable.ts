/** What the files of one top-level folder may import. */
export interface ImportRow {
  readonly folder: string;
  /** Other folders, or single files of them, that may be imported. `types:` in front allows `import type` only. */
  readonly folders: readonly string[];
  /** Packages that may be imported; a trailing `*` matches a prefix. `node:*` stands for Node's own modules. */
  readonly packages: readonly string[];
  /** Why the line is drawn here; part of the report. */
  readonly why: string;
}

const ruleIndex = ['rules/index.generated.ts', 'rules/docs.generated.ts'];

/** Who may import whom. The folders `scripts`, `test` and `bench` see everything. */
export const importTable: readonly ImportRow[] = [
  {
    folder: 'engine',
    folders: [],
    packages: [
      'zod',
      'yaml',
      'jsonc-parser',
      'parse5',
      'mdast*',
      'micromark*',
      'picomatch',
      'ignore',
      // Pure text positions: no protocol, no Node.
      'vscode-languageserver-textdocument',
    ],
    why: 'the engine knows no editor, no disk and no rule, so that it also runs in a browser worker',
  },
  {
    folder: 'rules',
    folders: ['engine/api/index.ts'],
    packages: ['zod'],
    why: 'a rule sees what #api gives it and nothing else, which keeps its cached results true',
  },
  { folder: 'host', folders: ['engine'], packages: ['node:*', 'ignore'], why: 'a host only answers for files' },
  {
    folder: 'protocol',
    folders: ['types:engine'],
    packages: ['zod'],
    why: 'the protocol is plain shapes that client and server share; the client bundles it',
  },
  {
    folder: 'client',
    folders: ['protocol'],
    packages: [
      'vscode',
      'vscode-languageclient*',
      // Pure text positions.
      'vscode-languageserver-textdocument',
      'node:path',
      'node:url',
      'node:timers*',
    ],
    why: 'the client shows what the server says and analyses nothing itself',
  },
  {
    folder: 'report',
    folders: ['engine', 'protocol'],
    packages: ['d3-scale', 'd3-shape', 'mdast*', 'zod'],
    why: 'a report is made of data alone: no disk, no editor, no browser',
  },
  {
    folder: 'server',
    folders: ['engine', 'protocol', 'host', 'report', ...ruleIndex],
    packages: ['vscode-languageserver*', 'vscode-uri', 'node:*', 'zod'],
    why: 'the server is the only folder that speaks LSP, and it leaves files to host/',
  },
  {
    folder: 'cli',
    folders: ['engine', 'host', 'protocol', 'server', 'report', 'package.json', ...ruleIndex],
    packages: ['picocolors', 'picomatch', 'zod', 'node:*'],
    why: 'the command line runs the same workspace as the server, and it leaves files to host/',
  },
];

/** Packages that only certain places may import, whatever the table above says. */
export const reserved: readonly { readonly package: string; readonly only: readonly string[]; readonly why: string }[] =
  [
    {
      package: 'typescript',
      only: [],
      why: 'typescript@7 has no compiler API; take ts from engine/ts.ts',
    },
    {
      package: '@ts-morph/common',
      only: ['engine/ts.ts'],
      why: 'two copies of the compiler do not mix; take ts from engine/ts.ts',
    },
    {
      package: 'ts-morph',
      only: ['engine/refactor/'],
      why: 'its wrappers are slow and load late, for structural refactors alone',
    },
    {
      package: 'node:fs',
      only: ['host/', 'scripts/', 'test/', 'bench/'],
      why: 'host/ is the only folder that touches disk',
    },
    {
      package: 'node:fs/promises',
      only: ['host/', 'scripts/', 'test/', 'bench/'],
      why: 'host/ is the only folder that touches disk',
    },
  ];

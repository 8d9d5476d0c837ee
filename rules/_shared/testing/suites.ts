import { type FileHeader, ts } from '#api';

const RUNNERS = new Set([
  'test',
  'vitest',
  '@jest/globals',
  'mocha',
  'bun:test',
  'ava',
  'tap',
  'tape',
  'uvu',
  '@playwright/test',
]);

const GLOBAL_NAMES =
  'it|xit|fit|test|describe|xdescribe|fdescribe|suite|context|specify|before|after|beforeAll|afterAll|beforeEach|afterEach|setup|teardown|suiteSetup|suiteTeardown';

/** What runners put into the global scope, Mocha's other interface included. */
const GLOBALS = new RegExp(`^global#(?:${GLOBAL_NAMES})(?![A-Za-z])`);

/** Names by which calls of runners end, unless they are imported. */
export const RUNNER_NAMES = new RegExp(
  `^(?:${GLOBAL_NAMES}|only|skip|todo|each|for|concurrent|sequential|serial|fails|failing|runIf|skipIf)$`,
);

/** `describe(…)`, `it.each(…)(…)`, ``test.each`…`(…)``: a call of what a test runner exports or puts into the global scope. */
export function isRunnerCall(call: ts.CallExpression, header: FileHeader): boolean {
  let callee: ts.Node = call.expression;
  while (ts.isCallExpression(callee) || ts.isTaggedTemplateExpression(callee)) {
    callee = ts.isCallExpression(callee) ? callee.expression : callee.tag;
  }
  const reference = header.resolve(callee);
  if (reference === undefined) return false;
  return GLOBALS.test(reference) || RUNNERS.has(reference.split('#')[0] ?? '');
}

/** Whether a file is called as tests are. */
export function isNamedTest(path: string): boolean {
  return /\.(?:test|spec)\.[cm]?[jt]sx?$/.test(path);
}

/** Whether a file may be its own worker: its servers live and end with that thread. */
export function mayBeThread({ imports, modules }: FileHeader): boolean {
  if (!modules.has('worker_threads')) return false;
  return [...imports.values()].some(
    ({ module, name }) => module === 'worker_threads' && /^(?:|isMainThread|parentPort|workerData)$/.test(name),
  );
}

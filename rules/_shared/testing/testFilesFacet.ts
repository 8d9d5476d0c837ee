import { type FileHeader, facet } from '#api';

/** Runs of the whole system, which say nothing about which lines were run. */
const SYSTEM_TEST = /e2e|cypress|playwright|(?:^|\/)fixtures?\//i;
/** What tests check with, where their names do not tell. */
const ASSERTIONS = [
  'chai',
  'assert',
  'assert/strict',
  'should',
  'expect',
  'supertest',
  'mocha',
  'tap',
  'ava',
  'jasmine',
];

/** Files with tests of code: not of the whole system, and no helpers. */
export const testFilesFacet = facet<never, true>({
  name: 'testing/test-files',
  fold: (_, { header }) => (header.isTest && holdsTests(header) ? true : undefined),
});

function holdsTests({ localPath, modules }: FileHeader): boolean {
  if (SYSTEM_TEST.test(localPath)) return false;
  return /\.(?:test|spec)\.[cm]?[jt]sx?$|\/__tests__\//.test(localPath) || ASSERTIONS.some((name) => modules.has(name));
}

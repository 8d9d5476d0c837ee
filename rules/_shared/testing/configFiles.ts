import { lastPart } from '../filePath.ts';
/** Files in which tests are written, not configured. */
export const TEST_FILE = /\.(?:test|spec)\.[cm]?[jt]sx?$|(?:^|\/)__(?:tests|mocks|fixtures)__\//;

/** Whether a JSON file holds a configuration of Jest: by its name, or as the key `jest` of a package.json. */
export function isJestJson(path: string): boolean {
  const name = lastPart(path);
  return name === 'package.json' || (/jest/i.test(name) && !/^(?:ts|js)config/.test(name));
}

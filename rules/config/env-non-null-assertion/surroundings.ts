import type { FileHeader } from '#api';

/** Files by which tools are set up and work is done by hand: whoever runs them sees what is missing. */
const BY_HAND = /\.(?:config|setup)\.[cm]?[jt]s$|\/(?:scripts?|migrations|seeds?|e2e|cypress|docs|testing)\//;

/** Packages that do nothing but check the environment, at the start of the program. */
const CHECKERS = [
  'envalid',
  'env-var',
  '@t3-oss/env-core',
  '@t3-oss/env-nextjs',
  '@t3-oss/env-nuxt',
  'znv',
  'env-schema',
  '@fastify/env',
  'fastify-env',
  'dotenv-safe',
  'convict',
  'ts-dotenv',
];

/** Code of a page, for which a bundler puts the values in, or a file that runs by hand. */
export function isBuiltIn(path: string, header: FileHeader): boolean {
  return /\.[jt]sx$/.test(path) || header.modules.has('react') || BY_HAND.test(path);
}

/** The program has a checker; which variables it knows may stand in another file. */
export function isCheckedByPackage(header: FileHeader): boolean {
  return CHECKERS.some((name) => header.dependency(name) !== undefined);
}

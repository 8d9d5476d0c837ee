import type { FileHeader } from '#api';

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

/** The program has a checker; which variables it knows may stand in another file. */
export function isCheckedByPackage(header: FileHeader): boolean {
  return CHECKERS.some((name) => header.dependency(name) !== undefined);
}

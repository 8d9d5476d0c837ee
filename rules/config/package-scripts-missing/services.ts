import type { PackageView } from './packageView.ts';

const SERVERS = [
  'express',
  'fastify',
  'koa',
  'hono',
  '@nestjs/core',
  '@hapi/hapi',
  'restify',
  'polka',
  'apollo-server',
  '@apollo/server',
];

/** Whether a package is a program that serves, by what it ships with; libraries say what others load. */
export function isService({ dependencies, main, root }: PackageView): boolean {
  const exported =
    root.kind === 'object' && root.entries.some(({ key }) => /^(?:exports|types|typings|module|files|bin)$/.test(key));
  return !exported && SERVERS.some((name) => dependencies.has(name)) && !/\.d\.ts$/.test(main ?? '');
}

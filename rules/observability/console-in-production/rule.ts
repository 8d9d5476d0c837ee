import { z } from 'zod';
import { type ProjectContext, rule } from '#api';
import { folderOf } from '../../_shared/filePath.ts';
import { nearestPackage } from '../../_shared/project/nearestPackage.ts';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import type { PackageFacts } from '../../_shared/project/packageFacts.ts';
import { consoleFacet, type ExportedLogger } from './consoleFacet.ts';
import { writeWithLogger } from './fix.ts';

interface Logger extends ExportedLogger {
  readonly path: string;
}

type Context = ProjectContext<'written', unknown>;

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Code of a service that writes to the console although the project has a logger.',
    promise: 'Services write their log with the logger',
    topics: [
      'console.log',
      'structured logging',
      'structured logs',
      'logger',
      'replace console',
      'log levels',
      'pino',
      'winston',
    ],
    subject: ['console', 'logger', 'pino', 'winston', 'bunyan', 'log4js', 'tslog', 'consola'],
    references: [
      { title: 'The Twelve-Factor App: Logs', url: 'https://12factor.net/logs' },
      { title: 'OWASP: Logging', url: 'https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html' },
    ],
    messages: {
      written:
        'The console is written to {times} in this file, while the project logs with {logger}: these lines have no level to filter by, no time and no structure, and whoever collects the log does not see them as part of it. Write them with the logger.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [consoleFacet, packageFacet],
    check(ctx) {
      const packages = new Map<string, PackageFacts>();
      for (const { path, value } of ctx.all(packageFacet)) packages.set(folderOf(path), value);
      const loggers = loggersOf(ctx);
      if (loggers.size === 0) return;
      for (const { path, value } of ctx.all(consoleFacet)) {
        if (value.first === undefined) continue;
        const folder = nearestPackage(path, ctx);
        const logger = loggers.get(folder);
        if (logger === undefined || !isService(path, folder, packages.get(folder))) continue;
        // A file that the logger is made with cannot import it.
        if (logger.imports.some((module) => ctx.resolveImport(logger.path, module) === path)) continue;
        ctx.report({ path, facet: consoleFacet, anchor: value.first }, 'written', {
          times: value.count === 1 ? 'once' : `${value.count} times`,
          logger: `${logger.name || 'the logger'} of ${logger.path.slice(ctx.root.length + 1)}`,
          file: logger.path,
          name: logger.name,
          package: logger.package,
        });
      }
    },
  },
  fixes: { written: [{ title: 'Write with {logger}', safety: 'safe', edits: writeWithLogger }] },
});

/** The one logger of each package; several may be for several things. */
function loggersOf(ctx: Context): ReadonlyMap<string, Logger> {
  const found = new Map<string, Logger>();
  const unclear = new Set<string>();
  for (const { path, value, isTest } of ctx.all(consoleFacet)) {
    if (value.logger === undefined || isTest) continue;
    const folder = nearestPackage(path, ctx);
    if (found.has(folder)) unclear.add(folder);
    found.set(folder, { ...value.logger, path });
  }
  for (const folder of unclear) found.delete(folder);
  return found;
}

/** A program that stays up, not a command or an application for people's own machines, and no tool that a script starts. */
function isService(path: string, folder: string, facts: PackageFacts | undefined): boolean {
  if (facts === undefined || facts.isDesktop || facts.hasCommand) return false;
  if (!facts.hasServer && !facts.isStarted) return false;
  const own = path.slice(folder.length + 1).replace(/\.[cm]?[jt]sx?$/, '');
  return !facts.tools.some((tool) => tool.replace(/^\.\//, '').replace(/\.[cm]?[jt]sx?$/, '') === own);
}

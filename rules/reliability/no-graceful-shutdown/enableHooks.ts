import type { Finding, FixContext, FixEdit } from '#api';
import type { Framework } from '../../_shared/web/frameworks.ts';
import { registerBehind } from '../../_shared/web/project/registerFirst.ts';

/** Whether a fix knows how a server of this framework is closed. */
export function canHandle(framework: Framework): boolean {
  return framework === 'nest' || framework === 'express' || framework === 'koa' || framework === 'fastify';
}

/** Nest calls `onModuleDestroy` and closes its server once it is told to listen to signals. */
export function enableHooks(ctx: FixContext<unknown>, finding: Finding): readonly FixEdit[] | undefined {
  if (finding.data['framework'] !== 'nest') return undefined;
  return registerBehind(ctx, (app) => [`${app}.enableShutdownHooks();`]);
}

import type { Facet, ProjectContext } from '#api';
import { type RunningSign, runningFacet } from '../../project/runningFacet.ts';
import { surroundingsOf } from '../../project/surroundings.ts';
import { isCalledByPlatform, knownApps } from './questions.ts';
import { webFacet } from './webFacet.ts';
import { WEB_FACETS, webServices } from './webModel.ts';

/** What a service has when somebody watches it in some way. */
export interface Watching {
  /** What code shows of it. */
  readonly sign: RunningSign;
  /** Packages that see to it. */
  readonly packages: RegExp;
}

/** The facets that {@link reportMissing} asks. */
export const SERVICE_FACETS: readonly Facet<unknown>[] = [...WEB_FACETS, runningFacet];

/**
 * Reports each service that nothing watches, once, as `missing` at its first application with routes: what is missing is
 * missing in its process. Hono mostly runs on platforms that watch it.
 */
export function reportMissing<O>({ sign, packages }: Watching, ctx: ProjectContext<'missing', O>): void {
  const services = webServices(ctx);
  const told = new Set<string>();
  for (const { app, service } of knownApps(services)) {
    if (told.has(service.folder) || app.routes.length === 0 || app.framework === 'hono') continue;
    told.add(service.folder);
    if (isCalledByPlatform(service)) continue;
    const { signs, dependencies } = surroundingsOf(service, services, ctx);
    if (signs.has(sign) || dependencies.some((name) => packages.test(name))) continue;
    ctx.report({ ...app.place, facet: webFacet }, 'missing', { file: app.localPath });
  }
}

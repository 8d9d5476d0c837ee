import type { Anchor, ProjectContext } from '#api';
import type { WebService } from '../web/project/model.ts';
import { packageFacet } from './packageFacet.ts';
import { type RunningSign, runningFacet } from './runningFacet.ts';

/** What a service and all that it may be started with show. */
export interface Surroundings {
  readonly signs: ReadonlySet<RunningSign>;
  readonly bareExits: readonly { readonly path: string; readonly anchor: Anchor }[];
  /** Packages of the service, of the folders around it, and of packages of the workspace that are no services. */
  readonly dependencies: readonly string[];
}

/**
 * Looks around a service; other services of the workspace say nothing about it, shared packages do. The check has to list
 * `packageFacet` and `runningFacet`.
 */
export function surroundingsOf(
  service: WebService,
  services: readonly WebService[],
  { all }: Pick<ProjectContext<string, unknown>, 'all'>,
): Surroundings {
  const others = services.filter((other) => other !== service && !service.folder.startsWith(`${other.folder}/`));
  const isOther = (path: string) =>
    !path.startsWith(`${service.folder}/`) && others.some(({ folder }) => path.startsWith(`${folder}/`));
  const signs = new Set<RunningSign>();
  const bareExits: { path: string; anchor: Anchor }[] = [];
  for (const { path, value, isTest } of all(runningFacet)) {
    if (isTest || isOther(path)) continue;
    for (const sign of value.signs) signs.add(sign);
    if (path.startsWith(`${service.folder}/`)) bareExits.push(...value.bareExits.map((anchor) => ({ path, anchor })));
  }
  const dependencies = new Set<string>();
  for (const { path, value } of all(packageFacet)) {
    if (!isOther(path)) for (const name of value.dependencies) dependencies.add(name);
  }
  return { signs, bareExits, dependencies: [...dependencies] };
}

import type { ProjectContext } from '#api';
import type { WebService } from '../../_shared/web/project/model.ts';
import { knownApps, listSome } from '../../_shared/web/project/questions.ts';
import { webFacet } from '../../_shared/web/project/webFacet.ts';
import { nestBodiesFacet } from './nestBodies.ts';

/** Places that a finding names beside its own. */
const MAX_PLACES = 20;

/**
 * Reports each service of Nest whose controllers are given bodies that no pipe looks at, once. Whatever brings a pipe or a
 * schema, in the service or in a package that is no service, may be used everywhere.
 */
export function reportNestApps(services: readonly WebService[], ctx: ProjectContext<'unpiped', unknown>): void {
  const files = [...ctx.all(nestBodiesFacet)];
  if (files.length === 0) return;
  const folders = services.map(({ folder }) => folder).sort((a, b) => b.length - a.length);
  const folderOf = (path: string) => folders.find((folder) => path.startsWith(`${folder}/`));
  const told = new Set<string>();
  for (const { app, service } of knownApps(services)) {
    const { folder } = service;
    if (app.framework !== 'nest' || told.has(folder)) continue;
    told.add(folder);
    const around = files.filter(({ path }) => (folderOf(path) ?? folder) === folder);
    if (around.some(({ value }) => value.validates) || ctx.providers('validator', app.place.path).size > 0) continue;
    const bodies = around.flatMap(({ path, value }) =>
      path.startsWith(`${folder}/`) ? value.bodies.map(({ at, name }) => ({ path, anchor: at, name })) : [],
    );
    if (bodies.length === 0) continue;
    const related = bodies
      .slice(0, MAX_PLACES)
      .map(({ path, anchor, name }) => ({ path, anchor, facet: nestBodiesFacet, label: `${name} is given a body.` }));
    const list = listSome(bodies.map(({ name }) => name));
    ctx.report({ ...app.place, facet: webFacet }, 'unpiped', { file: app.localPath, list }, related);
  }
}

import { z } from 'zod';
import { type ProjectContext, rule } from '#api';
import { isOutsideService } from '../../_shared/places.ts';
import { handlerName, mountOf } from '../../_shared/web/project/handlers.ts';
import { moveToStart } from '../../_shared/web/project/moveRegistration.ts';
import { countRoutes, knownApps, listSome, routeName } from '../../_shared/web/project/questions.ts';
import { webFacet } from '../../_shared/web/project/webFacet.ts';
import { isDeployed, WEB_FACETS, webServices } from '../../_shared/web/project/webModel.ts';
import { isBesideRoutes, isGuard, routesTooEarly } from './guards.ts';
import { unusedGuardsFacet } from './unusedFacet.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Guards and limiters that protect nothing: registered behind the routes, beside them, or nowhere.',
    promise: 'Guards and limiters run for the routes they are for',
    topics: ['middleware order', 'unused middleware', 'rate limiter', 'auth middleware', 'helmet'],
    subject: ['rateLimit', 'limiter', 'helmet', 'authenticate', 'requireAuth', 'guard'],
    references: [
      { title: 'Express: using middleware', url: 'https://expressjs.com/en/guide/using-middleware.html' },
      {
        title: 'CWE-862: Missing Authorization',
        url: 'https://cwe.mitre.org/data/definitions/862.html',
      },
    ],
    messages: {
      behind:
        '{name} is registered behind everything it could run for ({list}), so it runs for no request. Register it before these routes.',
      beside:
        '{name} is registered under {path}, and the application made in {file} ({routes}) answers nothing there, so it runs for no request that matters. Correct the path, or register it where the routes are.',
      unused:
        '{name} from {package} is {brought} here and registered nowhere: it looks as if the service were protected. Register it on the application before its routes, or remove it.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [...WEB_FACETS, unusedGuardsFacet],
    check(ctx) {
      const services = webServices(ctx);
      for (const { app } of knownApps(services)) {
        for (const guard of app.middleware.filter(isGuard)) {
          const at = { ...guard.place, facet: webFacet };
          const name = handlerName(guard);
          const early = routesTooEarly(guard, app);
          if (early.length > 0) {
            const first = mountOf(early, guard, 'first');
            const list = listSome(early.map(routeName), 3);
            ctx.report(at, 'behind', { name, list, ...(first !== undefined && { first }) });
          } else if (isBesideRoutes(guard, app)) {
            ctx.report(at, 'beside', { name, path: guard.path, file: app.localPath, routes: countRoutes(app) });
          }
        }
      }
      const folders = services.filter((one) => isDeployed(one) && one.apps.length > 0).map(({ folder }) => folder);
      for (const { path, value } of ctx.all(unusedGuardsFacet)) {
        if (isOutsideService(path.slice(ctx.root.length))) continue;
        const folder = folders.find((one) => path.startsWith(`${one}/`));
        if (folder === undefined) continue;
        for (const { name, package: from, isImport, at } of value) {
          // An import that was forgotten says nothing while another file uses the package.
          if (isImport && isUsedBeside(path, from, folder, ctx)) continue;
          const brought = isImport ? 'imported' : 'made';
          ctx.report({ path, facet: unusedGuardsFacet, anchor: at }, 'unused', { name, package: from, brought });
        }
      }
    },
  },
  fixes: { behind: [{ title: 'Register {name} before these routes', safety: 'suggest', edits: moveToStart }] },
});

/** Whether another file of a service imports a package and does something with it. */
function isUsedBeside(path: string, name: string, folder: string, ctx: ProjectContext<string, unknown>): boolean {
  for (const { path: other, value } of ctx.all(webFacet)) {
    if (other === path || !other.startsWith(`${folder}/`) || !value.packages.includes(name)) continue;
    const unused = ctx.get(other, unusedGuardsFacet) ?? [];
    if (!unused.some((one) => one.package === name)) return true;
  }
  return false;
}

import { z } from 'zod';
import { type ProjectContext, rule } from '#api';
import { folderOf } from '../../_shared/filePath.ts';
import { runningFacet } from '../../_shared/project/runningFacet.ts';
import { surroundingsOf } from '../../_shared/project/surroundings.ts';
import type { WebApp, WebRoute } from '../../_shared/web/project/model.ts';
import { knownApps } from '../../_shared/web/project/questions.ts';
import { HEALTH_PATH } from '../../_shared/web/project/vocabulary.ts';
import { webFacet } from '../../_shared/web/project/webFacet.ts';
import { WEB_FACETS, webServices } from '../../_shared/web/project/webModel.ts';
import { specFacet } from './specFacet.ts';

/** What makes or serves a description, or gives callers their types in another way. */
const DESCRIBES =
  /swagger|openapi|redoc|tsoa|apidoc|scalar|api-spec|apicurio|stoplight|typespec|raml|postman|graphql|apollo|trpc|ts-rest|zodios|connectrpc|grpc|rpc$|feathers|loopback|strapi|payload$|asyncapi|insomnia|bruno/;
/** Pages are for people: who renders them has no callers that need a description. */
const RENDERS =
  /^(?:ejs.*|pug|jade|hbs|handlebars|express-handlebars|exphbs|nunjucks|eta|mustache.*|liquidjs|twig|@fastify\/view|koa-views|koa-ejs|next|nuxt|@kitajs\/.*|express-react-views|marko|squirrelly)$/;

/** Fewer routes are read faster than described. */
const MIN_ROUTES = 5;

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'Services whose API nothing describes.',
    promise: 'APIs are described by an OpenAPI document',
    topics: ['api documentation', 'openapi', 'swagger', 'api docs', 'api reference', 'postman collection'],
    subject: ['openapi', 'swagger', 'express', 'fastify', 'koa', 'hono', 'nestjs', 'router'],
    references: [{ title: 'OpenAPI Specification', url: 'https://spec.openapis.org/oas/latest.html' }],
    messages: {
      missing:
        'The application made in {file} answers {count} routes ({examples}), and nothing describes them: no OpenAPI document or collection is in the project, and no package makes one. Whoever calls it has to read its code. Describe the routes in an OpenAPI document, or make one from schemas.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [...WEB_FACETS, runningFacet, specFacet],
    check(ctx) {
      const services = webServices(ctx);
      const told = new Set<string>();
      for (const { app, service } of knownApps(services)) {
        const routes = app.routes.filter(isOfApi);
        if (told.has(service.folder) || !isApi(app, routes) || hasSpec(service.folder, ctx)) continue;
        told.add(service.folder);
        const { dependencies } = surroundingsOf(service, services, ctx);
        if (dependencies.some((name) => DESCRIBES.test(name) || RENDERS.test(name))) continue;
        const examples = routes.slice(0, 3).map(({ method, path }) => `${method.toUpperCase()} ${path}`);
        ctx.report({ ...app.place, facet: webFacet }, 'missing', {
          file: app.localPath,
          count: routes.length,
          examples: examples.join(', '),
        });
      }
    },
  },
});

function isOfApi({ path, method }: WebRoute): boolean {
  return method !== 'all' && !path.includes('*') && !HEALTH_PATH.test(path) && !/^\/(?:metrics)?$/.test(path);
}

/** Enough routes, and some of them change something. */
function isApi({ framework }: WebApp, routes: readonly WebRoute[]): boolean {
  return (
    framework !== 'http' && routes.length >= MIN_ROUTES && routes.filter(({ method }) => method !== 'get').length >= 2
  );
}

/** Whether a description lies in the service's folder or in one around it, other services' apart. */
function hasSpec(folder: string, ctx: ProjectContext<'missing', unknown>): boolean {
  for (const { path } of ctx.all(specFacet)) {
    const inside = path.startsWith(`${folder}/`);
    const beside = folderOf(folderOf(path));
    if (inside || folder.startsWith(`${folderOf(path)}/`) || folder === beside) return true;
    // `docs/openapi.yaml` at the root speaks of all services.
    if (folder.startsWith(`${beside}/`) && /\/(?:docs?|api|spec|openapi|swagger|postman)\/[^/]*$/i.test(path))
      return true;
  }
  return false;
}

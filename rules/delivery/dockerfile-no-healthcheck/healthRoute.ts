import type { ProjectContext } from '#api';
import type { WebRoute, WebService } from '../../_shared/web/project/model.ts';
import { HEALTH_PATH } from '../../_shared/web/project/vocabulary.ts';

/** Files of Next.js that answer such a path, below the folder of the package. */
const NEXT_ROUTES = ['health', 'healthz', 'healthcheck', 'ping', 'status'].flatMap((name) =>
  ['app', 'src/app', 'pages', 'src/pages'].flatMap((folder) =>
    ['ts', 'js'].map((extension) => ({
      path: `/api/${name}`,
      file: folder.endsWith('app') ? `${folder}/api/${name}/route.${extension}` : `${folder}/api/${name}.${extension}`,
    })),
  ),
);

/**
 * The path under which the service of an image tells that it lives; `undefined` where its code has no such route that anybody
 * may ask, or where it is not known which service the image holds.
 * @param folders folders that the image may be built from
 */
export function healthRoute(
  folders: readonly string[],
  services: readonly WebService[],
  { exists }: Pick<ProjectContext<never, unknown>, 'exists'>,
): string | undefined {
  const service = serviceIn(folders, services);
  const [route] = (service?.apps ?? [])
    .flatMap(({ routes }) => routes)
    .filter(isHealthRoute)
    .map(({ path }) => path)
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  if (route !== undefined) return route;
  return NEXT_ROUTES.find(({ file }) => folders.some((folder) => exists(`${folder}/${file}`)))?.path;
}

/** The service of one of the folders, or the only one below. */
function serviceIn(folders: readonly string[], services: readonly WebService[]): WebService | undefined {
  const serving = services.filter(({ apps }) => apps.length > 0);
  const own = serving.find(({ folder }) => folders.includes(folder));
  if (own !== undefined) return own;
  const below = serving.filter(({ folder }) => folders.some((one) => folder.startsWith(`${one}/`)));
  return below.length === 1 ? below[0] : undefined;
}

/** The status of something that the service knows of, not its own: `/user-status`. */
const OF_SOMETHING = /[a-z](?<!\b(?:health|server|service|app|api|system))[-_]status(?:$|[/.])/i;

function isHealthRoute({ method, path, maybe, middleware, isPublic }: WebRoute): boolean {
  const asks = !isPublic && middleware.some(({ concerns }) => concerns.has('auth'));
  return (
    /^(?:get|all)$/.test(method) &&
    !maybe &&
    !asks &&
    /^\/[\w./-]+$/.test(path) &&
    HEALTH_PATH.test(path) &&
    !OF_SOMETHING.test(path)
  );
}

import { z } from 'zod';
import { type ProjectContext, rule } from '#api';
import { composeFacet } from '../../_shared/delivery/composeBuilds.ts';
import { folderOf } from '../../_shared/filePath.ts';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import { WEB_FACETS, webServices } from '../../_shared/web/project/webModel.ts';
import { checkFacet, uncheckedFacet } from './facets.ts';
import { askPort } from './fix.ts';
import { healthRoute } from './healthRoute.ts';

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Images of services without a check that tells whether they still answer.',
    promise: 'Every image of a service has a health check',
    topics: ['HEALTHCHECK', 'dockerfile healthcheck', 'container health check', 'image health check', 'docker health'],
    subject: ['healthcheck'],
    references: [
      { title: 'Dockerfile reference: HEALTHCHECK', url: 'https://docs.docker.com/reference/dockerfile/#healthcheck' },
    ],
    messages: {
      unchecked:
        'Nothing tells whether the service in this image still answers: one that hangs keeps its container, and gets requests for as long. Add a HEALTHCHECK, or a check where it is started.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [uncheckedFacet, composeFacet, checkFacet, ...WEB_FACETS],
    check(ctx) {
      const images = new Set<string>();
      for (const { value } of ctx.all(checkFacet)) {
        if (value.byPlatform) return;
        for (const image of value.images) images.add(image);
      }
      if (isDescribedByCode(ctx)) return;
      const builds = [...ctx.all(composeFacet)].flatMap(({ value }) => value);
      for (const { path, value } of ctx.all(uncheckedFacet)) {
        const own = builds.filter(({ dockerfile }) => dockerfile === path);
        const serves = value.isExposed || own.some(({ published }) => published);
        const isChecked =
          own.some(({ healthcheck, image }) => healthcheck || (image !== '' && images.has(image))) ||
          isPulled(path, images);
        if (serves && !isChecked && !isOnPlatform(ctx, path)) {
          const folders = [folderOf(path), ...own.map(({ context }) => context)];
          const route = healthRoute(folders, webServices(ctx), ctx) ?? '/';
          ctx.report({ path, facet: uncheckedFacet, anchor: value.at }, 'unchecked', { port: value.port, route });
        }
      }
    },
  },
  fixes: {
    unchecked: [{ title: 'Ask {route} at port {port} from time to time', safety: 'suggest', edits: askPort }],
  },
});

/** Whether an image that is checked where it is pulled may be the one built here: by a folder's name, or put together. */
function isPulled(path: string, images: ReadonlySet<string>): boolean {
  const folders = path.toLowerCase().split('/');
  return [...images].some(
    (image) => image.includes('$') || folders.some((folder) => folder !== '' && folder === image),
  );
}

/** Programs that describe where images run, and how they are checked there. */
const INFRASTRUCTURE =
  /^(?:aws-cdk-lib|@aws-cdk\/aws-(?:ecs|eks|elasticloadbalancingv2)[\w-]*|@pulumi\/(?:aws|awsx|gcp|azure-native|kubernetes|docker)|cdktf|cdk8s|sst)$/;

/** Whether a package of the workspace is such a program: balancers and orchestrators take no notice of `HEALTHCHECK`. */
function isDescribedByCode({ all }: Pick<ProjectContext<never, unknown>, 'all'>): boolean {
  return [...all(packageFacet)].some(({ value }) => value.dependencies.some((name) => INFRASTRUCTURE.test(name)));
}

/** Files of platforms that ask services in their own way. */
const PLATFORM_FILES = ['fly.toml', 'railway.toml', 'heroku.yml'];

function isOnPlatform(ctx: Pick<ProjectContext<never, unknown>, 'root' | 'exists'>, path: string): boolean {
  return PLATFORM_FILES.some((file) => ctx.exists(`${ctx.root}/${file}`) || ctx.exists(`${folderOf(path)}/${file}`));
}

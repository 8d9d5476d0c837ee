import type { Anchor, ProjectContext } from '#api';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import type { WebService } from '../../_shared/web/project/model.ts';
import { countRoutes, type KnownApp, knownApps } from '../../_shared/web/project/questions.ts';
import type { WebView } from '../../_shared/web/project/remembered.ts';
import { webServices } from '../../_shared/web/project/webModel.ts';
import { type AnswerFacts, answerFacet } from './answerFacet.ts';
import { serviceOf } from './imageService.ts';
import { ANY_PORT, type Probe, probeFacet, type ServingImage } from './probeFacet.ts';
import { healthRoutes, mayAnswer } from './servedPaths.ts';

type View = WebView & Pick<ProjectContext<string, unknown>, 'all'>;

/** A check that its service does not answer. */
export interface Unanswered {
  readonly path: string;
  readonly anchor: Anchor;
  readonly messageId: 'unserved' | 'otherPort';
  readonly data: Readonly<Record<string, string>>;
}

/** Checks of images and compose files that ask for what the service in them does not serve. */
export function unanswered(ctx: View): readonly Unanswered[] {
  const probes = [...ctx.all(probeFacet)].flatMap(({ path, value }) =>
    value.probes.map((probe) => ({ path, probe, image: imageAt(probe.dockerfile, ctx) })),
  );
  if (!probes.some(({ image }) => image !== undefined)) return [];
  const services = webServices(ctx);
  const known = knownApps(services);
  return probes.flatMap(({ path, probe, image }) => {
    const service = image && serviceOf(probe, image, services);
    const of = known.filter((one) => one.service === service);
    const [app, ...others] = of;
    if (image === undefined || app === undefined || others.length > 0 || app.service.apps.length !== 1) return [];
    return judge(probe, image, app, services, ctx).map((found) => ({ path, anchor: probe.at, ...found }));
  });
}

function judge(
  probe: Probe,
  image: ServingImage,
  known: KnownApp,
  services: readonly WebService[],
  ctx: View,
): readonly Pick<Unanswered, 'messageId' | 'data'>[] {
  const { app, service } = known;
  const answers = answersIn(service, services, ctx);
  const listening = [...answers.values()].flatMap(({ ports }) => ports);
  const [only, ...more] = listening;
  const isOpen = [...answers.values()].some(({ hasPattern }) => hasPattern);
  // A second server of the same program may be the one that is asked; pages have paths of their own.
  if (more.length > 0 || isOpen || app.routes.length === 0 || service.package?.rendersOnServer !== false) return [];
  const file = app.localPath;
  const listens = only && portOf(only, probe, image, ctx);
  if (listens !== undefined && probe.port !== undefined && listens !== probe.port) {
    if (only?.variable !== undefined && !saysPort(image, only.variable, listens, probe.port)) return [];
    return [{ messageId: 'otherPort', data: { port: String(probe.port), listens: String(listens), file } }];
  }
  if (mayAnswer(probe.path, known, answers)) return [];
  const [route = ''] = healthRoutes(app);
  return [{ messageId: 'unserved', data: { asked: probe.path, file, routes: countRoutes(app), route } }];
}

/** Whether the image bears out that a variable it may be started with is not what the check counts on. */
function saysPort({ exposes, variables }: ServingImage, variable: string, listens: number, asked: number): boolean {
  if (exposes.includes(String(asked))) return false;
  return variables[variable] !== undefined || exposes.includes(String(listens));
}

/** Where the program listens, when the code and the image alone say it. */
function portOf(
  { variable, value }: AnswerFacts['ports'][number],
  { dockerfile }: Probe,
  { variables }: ServingImage,
  ctx: View,
): number | undefined {
  if (variable === undefined) return value;
  const isSet = [...ctx.all(probeFacet)].some(
    ({ path, value: facts }) =>
      path !== dockerfile && (facts.ports.includes(variable) || facts.ports.includes(ANY_PORT)),
  );
  if (isSet) return undefined;
  const given = variables[variable];
  if (given === undefined) return value;
  return /^\d+$/.test(given) ? Number(given) : undefined;
}

function imageAt(dockerfile: string, { all }: View): ServingImage | undefined {
  for (const { path, value } of all(probeFacet)) if (path === dockerfile) return value.image;
  return undefined;
}

/** Facts of the files of a service, other services below it left out. */
function answersIn(
  { folder }: WebService,
  services: readonly WebService[],
  { all }: View,
): ReadonlyMap<string, AnswerFacts> {
  const inner = services.filter((other) => other.folder.startsWith(`${folder}/`));
  const packages = [...all(packageFacet)].map(({ path }) => path.slice(0, path.lastIndexOf('/') + 1));
  const isInner = (path: string) =>
    inner.some((other) => path.startsWith(`${other.folder}/`)) ||
    packages.some(
      (other) => other.length > folder.length + 1 && other.startsWith(`${folder}/`) && path.startsWith(other),
    );
  const found = new Map<string, AnswerFacts>();
  for (const { path, value, isTest } of all(answerFacet)) {
    if (!isTest && path.startsWith(`${folder}/`) && !isInner(path)) found.set(path, value);
  }
  return found;
}

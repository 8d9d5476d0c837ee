import type { Anchor, ProjectContext } from '#api';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import { RENDERING } from '../../_shared/project/packageFacts.ts';
import type { WebService } from '../../_shared/web/project/model.ts';
import { countRoutes, type KnownApp, knownApps } from '../../_shared/web/project/questions.ts';
import type { WebView } from '../../_shared/web/project/remembered.ts';
import { webServices } from '../../_shared/web/project/webModel.ts';
import { type AnswerFacts, answerFacet } from './answerFacet.ts';
import { serviceAt } from './composedService.ts';
import { serviceOf } from './imageService.ts';
import { ANY_MODULE } from './nestModules.ts';
import { probeFacet } from './probeFacet.ts';
import { ANY, type Probe, type ServingImage } from './probeFacts.ts';
import { serviceRunAs } from './runImage.ts';
import { type Answers, bringsChecks, healthRoutes, isAskedOf, mayAnswer } from './servedPaths.ts';
import { serviceStartedBy } from './startedService.ts';

type View = WebView & Pick<ProjectContext<string, unknown>, 'all' | 'root' | 'exists'>;

/** Packages that read variables from files. */
const READS_FILES = /dotenv|^@nestjs\/config$|^env-cmd$|^(?:node-)?config$/;

/** A check that its service does not answer. */
export interface Unanswered {
  readonly path: string;
  readonly anchor: Anchor;
  readonly messageId: 'unserved' | 'otherPort';
  readonly data: Readonly<Record<string, string>>;
}

/** A service that a check asks, and how it is run there. */
interface Aim {
  readonly service: WebService;
  /** `undefined` for a program that is started without one. */
  readonly image: ServingImage | undefined;
  /** Values that its variables are given where it is run. */
  readonly given: Readonly<Record<string, string>>;
  /** Others may be given that nobody sees. */
  readonly isOpen: boolean;
  /** That it is this one is borne out by the port alone. */
  readonly byPort: boolean;
}

/** Checks of images, compose files, manifests, workflows and scripts that ask for what the service in them does not serve. */
export function unanswered(ctx: View): readonly Unanswered[] {
  const probes = [...ctx.all(probeFacet)].flatMap(({ path, value }) => value.probes.map((probe) => ({ path, probe })));
  if (probes.length === 0) return [];
  const services = webServices(ctx);
  const known = knownApps(services);
  return probes.flatMap(({ path, probe }) => {
    const aim = aimOf(probe, path, services, ctx);
    const of = aim === undefined ? [] : known.filter((one) => one.service === aim.service);
    const [app, ...others] = of;
    if (aim === undefined || app === undefined || others.length > 0 || app.service.apps.length !== 1) return [];
    return judge(probe, aim, app, services, ctx).map((found) => ({
      path,
      anchor: found.messageId === 'otherPort' ? probe.portAt : probe.at,
      ...found,
    }));
  });
}

function aimOf(probe: Probe, path: string, services: readonly WebService[], ctx: View): Aim | undefined {
  const { of } = probe;
  if (of.kind === 'built') {
    const image = imageAt(of.dockerfile, ctx);
    const service = image && serviceOf(of, image, services);
    return image && service && { service, image, given: {}, isOpen: false, byPort: false };
  }
  if (of.kind === 'composed') {
    const built = serviceAt(of, ctx);
    return built && aimOf({ ...probe, of: built }, path, services, ctx);
  }
  if (of.kind === 'started') {
    const service = serviceStartedBy(of, services, ctx);
    return service && { service, image: undefined, given: {}, isOpen: false, byPort: !of.isAlone };
  }
  const patched = [...ctx.all(probeFacet)].flatMap(({ value }) => value.patches);
  if (patched.includes(ANY) || patched.includes(of.workload)) return undefined;
  const run = serviceRunAs(of.image, path, services, ctx);
  return run && { service: run.service, image: run.image, given: of.given, isOpen: of.isOpen, byPort: run.isGuess };
}

function judge(
  { port, path }: Probe,
  aim: Aim,
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
  if (more.length > 0 || isOpen || app.routes.length === 0 || mayRender(known)) return [];
  if (importsModules(answers, ctx)) return [];
  const file = app.localPath;
  const listens = only && portOf(only, aim, ctx);
  if (aim.byPort && (listens === undefined || listens !== port)) return [];
  if (listens !== undefined && port !== undefined && listens !== port) {
    if (only?.variable !== undefined && !saysPort(aim, only.variable, listens, port)) return [];
    if (!isAskedOf(path, app) || bringsChecks(service) || mayListen(port, aim, only, answers)) return [];
    return [{ messageId: 'otherPort', data: { port: String(port), listens: String(listens), file } }];
  }
  if (mayAnswer(path, known, answers)) return [];
  const [route = ''] = healthRoutes(app);
  return [{ messageId: 'unserved', data: { asked: path, file, routes: countRoutes(app), route } }];
}

/** Whether pages of the service may have paths that nobody registers; Hono renders what its routes are given. */
function mayRender({ app, service: { package: facts } }: KnownApp): boolean {
  if (facts?.rendersOnServer === false) return false;
  return (
    app.framework !== 'hono' || facts?.dependencies.some((name) => name !== 'hono' && RENDERING.test(name)) !== false
  );
}

/** Whether a module of Nest comes from a package that may bring routes. */
function importsModules(answers: Answers, { resolveImport }: View): boolean {
  return [...answers].some(([path, { modules = [] }]) =>
    modules.some((module) => module === ANY_MODULE || resolveImport(path, module) === undefined),
  );
}

/** Whether something else that the program starts may listen on a port: a package, a thread, another program. */
function mayListen(
  port: number,
  { image }: Aim,
  only: AnswerFacts['ports'][number] | undefined,
  answers: Answers,
): boolean {
  if (image?.exposes.includes(String(port)) === true) return true;
  return [...answers.values()].some(
    ({ spawns, otherPorts }) => spawns === true || (port !== only?.value && otherPorts?.includes(port) === true),
  );
}

/** Whether the image bears out that a variable it may be started with is not what the check counts on. */
function saysPort({ service, given, image }: Aim, variable: string, listens: number, asked: number): boolean {
  if (given[variable] !== undefined) return true;
  // Files that nobody commits may set it where people start the program.
  if (image === undefined) return service.package?.dependencies.some((name) => READS_FILES.test(name)) === false;
  if (image.exposes.includes(String(asked))) return false;
  return image.variables[variable] !== undefined || image.exposes.includes(String(listens));
}

/** Where the program listens, when the code, the image and what runs it say it alone. */
function portOf(
  { variable, value }: AnswerFacts['ports'][number],
  { image, given, isOpen }: Aim,
  ctx: View,
): number | undefined {
  if (variable === undefined) return value;
  const told = given[variable];
  if (told !== undefined) return numberIn(told);
  const isSet = [...ctx.all(probeFacet)].some(
    ({ value: facts }) => facts.image === undefined && (facts.ports.includes(variable) || facts.ports.includes(ANY)),
  );
  if (isSet || isOpen) return undefined;
  const inImage = image?.variables[variable];
  return inImage === undefined ? value : numberIn(inImage);
}

function numberIn(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function imageAt(dockerfile: string, { all }: View): ServingImage | undefined {
  for (const { path, value } of all(probeFacet)) {
    if (path === dockerfile) return value.image === 'other' ? undefined : value.image;
  }
  return undefined;
}

/** Facts of the files of a service, other services below it left out. */
function answersIn({ folder }: WebService, services: readonly WebService[], { all }: View): Answers {
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

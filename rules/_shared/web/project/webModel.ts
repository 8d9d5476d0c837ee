import { folderOf, nearestFolder } from '../../filePath.ts';
import { isOutsideService } from '../../places.ts';
import { packageFacet } from '../../project/packageFacet.ts';
import type { PackageFacts } from '../../project/packageFacts.ts';
import { describeApp } from './describeApp.ts';
import { describeGateways, describeSockets } from './describeSockets.ts';
import type { Hint, WebFacts } from './facts.ts';
import { interpret } from './interpreter.ts';
import { middlewareReader } from './middleware.ts';
import type { WebService } from './model.ts';
import { usesOfObjects } from './registrations.ts';
import { remembering, type WebView } from './remembered.ts';
import { runOrder } from './runOrder.ts';
import { isSocketServer, type WebObject } from './things.ts';
import { CONCERN_PACKAGES, type Concern } from './vocabulary.ts';
import { webFacet } from './webFacet.ts';

/** Servers that stand in for something while people develop. */
const FOR_DEVELOPMENT =
  /(?:^|[/._-])(?:mocks?|mocked|fakes?|stubs?|dev|hmr|devserver|demo|sandbox|storybook|playground)(?:[/._-]|$)/i;

/** Facets that a rule lists to ask for {@link webServices}. */
export const WEB_FACETS = [webFacet, packageFacet] as const;

/**
 * The web applications of the workspace by the package they belong to, put together from facts of all files. Tests,
 * examples and tools have no applications here; libraries and commands are told by {@link isDeployed}.
 */
export function webServices(view: WebView): readonly WebService[] {
  return remembering(view, makeServices);
}

function makeServices(view: WebView): readonly WebService[] {
  const files = new Map<string, WebFacts>();
  for (const { path, value, isTest } of view.all(webFacet)) if (!isTest) files.set(path, value);
  const packages = new Map<string, PackageFacts>();
  for (const { path, value } of view.all(packageFacet)) packages.set(folderOf(path), value);
  const interpreter = interpret(files, view.resolveImport);
  const reader = middlewareReader(files, interpreter, view.providers);
  const uses = usesOfObjects(files, interpreter, reader);
  const run = runOrder(files, interpreter);
  const mounted = new Set(
    [...uses.values()].flatMap(({ registrations }) => registrations.flatMap(({ mounts }) => mounts)),
  );

  const services = new Map<string, ServiceInMaking>();
  const serviceOf = (folder: string): ServiceInMaking => {
    let service = services.get(folder);
    if (service === undefined) {
      const isPartOfDesktop = shipsOnDesktop(folder, packages);
      const about = shared(folder, files, packages);
      service = { folder, package: packages.get(folder), isPartOfDesktop, apps: [], sockets: [], ...about };
      services.set(folder, service);
    }
    return service;
  };
  const localPathOf = (path: string) => path.slice(view.root.length + 1);
  const isServing = (localPath: string) => !isOutsideService(localPath) && !FOR_DEVELOPMENT.test(localPath);
  const folderOfService = (path: string) => nearestFolder(path, packages) ?? view.root;
  for (const object of interpreter.objects) {
    const localPath = localPathOf(object.path);
    const isSockets = isSocketServer(object);
    if (!isSockets && (object.kind !== 'app' || uses.get(object)?.listens !== true || mounted.has(object))) continue;
    if (!isServing(localPath)) continue;
    const folder = folderOfService(object.path);
    const module = isSockets ? object.kind : object.framework;
    if (packages.get(folder)?.forDevelopment.includes(module) === true) continue;
    const use = uses.get(object);
    if (isSockets) {
      if (use !== undefined) serviceOf(folder).sockets.push(describeSockets(object, localPath, use, interpreter));
    } else {
      const others = interpreter.objects.filter((other) => other.framework === 'nest' && other !== object);
      const own = [...files].filter(([path]) => folderOfService(path) === folder && !isOf(others, object, path));
      serviceOf(folder).apps.push(describeApp(object, localPath, uses, own, run, interpreter));
    }
  }
  for (const [path, facts] of files) {
    const localPath = localPathOf(path);
    if (facts.gateways.length === 0 || !isServing(localPath)) continue;
    serviceOf(folderOfService(path)).sockets.push(...describeGateways(path, localPath, facts));
  }
  return [...services.values()];
}

/** Whether a file lies in the folder of another application, which the one that is asked for does not lie in. */
function isOf(others: readonly WebObject[], object: WebObject, path: string): boolean {
  return others.some((other) => {
    const folder = `${folderOf(other.path)}/`;
    return path.startsWith(folder) && !object.path.startsWith(folder);
  });
}

/** A service while its applications are found. */
interface ServiceInMaking extends WebService {
  readonly apps: WebService['apps'][number][];
  readonly sockets: WebService['sockets'][number][];
}

/**
 * Whether a package is a program that somebody deploys, so that what services need can be asked of it: not a library whose
 * own server serves its development, not a command, and not a folder of which the package.json is out of sight.
 */
export function isDeployed({ package: facts, isPartOfDesktop }: WebService): boolean {
  if (facts === undefined || isPartOfDesktop) return false;
  // A command that people install may serve on their machines, and `start` tries it out.
  if (facts.hasCommand && (!facts.isStarted || (facts.startsCommand && !facts.isPrivate))) return false;
  return facts.isStarted || !facts.isPublished || facts.isPrivate;
}

/** Whether a package, one around it, or one that depends on it is a program for people's own machines. */
function shipsOnDesktop(folder: string, packages: ReadonlyMap<string, PackageFacts>): boolean {
  const name = packages.get(folder)?.name;
  return [...packages].some(
    ([other, { isDesktop, dependencies }]) =>
      isDesktop && (`${folder}/`.startsWith(`${other}/`) || (name !== undefined && dependencies.includes(name))),
  );
}

/** A package and those of the workspace that it is built from. */
function builtFrom(folder: string, packages: ReadonlyMap<string, PackageFacts>): ReadonlySet<string> {
  const folders = new Map([...packages].map(([at, { name }]) => [name, at]));
  const found = new Set([folder]);
  for (const at of found) {
    for (const name of packages.get(at)?.dependencies ?? []) {
      const target = folders.get(name);
      if (target !== undefined) found.add(target);
    }
  }
  return found;
}

/** What its own files and those of shared packages tell. */
function shared(
  folder: string,
  files: ReadonlyMap<string, WebFacts>,
  packages: ReadonlyMap<string, PackageFacts>,
): Pick<WebService, 'imports' | 'hints' | 'healthPaths'> {
  const imports = new Set<Concern>();
  const hints = new Set<Hint>();
  const healthPaths = new Set<string>();
  const folders = builtFrom(folder, packages);
  for (const [path, facts] of files) {
    if (!folders.has(nearestFolder(path, packages) ?? folder)) continue;
    for (const hint of facts.hints) hints.add(hint);
    for (const one of facts.healthPaths) healthPaths.add(one);
    for (const concern of Object.keys(CONCERN_PACKAGES) as readonly Concern[]) {
      if (facts.packages.some((name) => CONCERN_PACKAGES[concern].test(name))) imports.add(concern);
    }
  }
  return { imports, hints, healthPaths: [...healthPaths].sort() };
}

import type { Anchor, ProjectContext } from '#api';
import { folderOf, nearestFolder } from '../../_shared/filePath.ts';
import { isOutsideService } from '../../_shared/places.ts';
import { importFacet } from '../../_shared/project/importFacet.ts';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import { moduleFacet } from './moduleFacet.ts';

type View = Pick<ProjectContext<string, unknown>, 'root' | 'all' | 'resolveImport'>;

export interface UntestedModule {
  readonly path: string;
  readonly anchor: Anchor;
  /** Modules of the kind in the package, and those of them that tests import. */
  readonly all: number;
  readonly tested: number;
}

/** What finds modules by their places, or runs the program from outside: imports do not tell what tests reach. */
const UNSEEN =
  /^(?:@fastify\/autoload|fastify-autoload|awilix.*|require-all|require-dir.*|express-file-routing|express-automatic-routes|glob|fast-glob|globby|routing-controllers|tsoa|inversify-express-utils|next|nuxt|astro|@remix-run\/.*|@react-router\/.*|@sveltejs\/.*|playwright|@playwright\/.*|cypress|nightwatch|testcafe|webdriverio|puppeteer|newman|k6|@strapi\/.*|sails|egg|midway|@adonisjs\/.*|@feathersjs\/.*|moleculer|serverless.*|proxyquire|rewire)$/;

/** How much of the modules has to be tested before one that is not counts as forgotten. */
const MIN_SHARE = 0.5;
/** Fewer say nothing about what people do here. */
const MIN_MODULES = 3;

/** Modules that run in production and that no test reaches by imports, in packages where most are reached. */
export function untestedModules(ctx: View): readonly UntestedModule[] {
  const modules = new Map<string, { path: string; anchor: Anchor }[]>();
  const packages = new Map([...ctx.all(packageFacet)].map(({ path, value }) => [folderOf(path), value]));
  for (const { path, value, isTest } of ctx.all(moduleFacet)) {
    if (isTest || isOutsideService(path.slice(ctx.root.length))) continue;
    const home = nearestFolder(path, packages);
    if (home === undefined) continue;
    const known = modules.get(home);
    if (known === undefined) modules.set(home, [{ path, anchor: value.at }]);
    else known.push({ path, anchor: value.at });
  }
  const candidates = [...modules].filter(
    ([home, found]) =>
      found.length >= MIN_MODULES && packages.get(home)?.dependencies.some((name) => UNSEEN.test(name)) === false,
  );
  if (candidates.length === 0) return [];
  const { fromTests, fromCode, compiled } = reached(ctx);
  return candidates.flatMap(([home, found]) => {
    if (compiled.some((path) => path.startsWith(`${home}/`))) return [];
    const tested = found.filter(({ path }) => fromTests.has(path)).length;
    if (tested / found.length < MIN_SHARE) return [];
    // What nobody imports is started by itself, or is dead.
    return found
      .filter(({ path }) => !fromTests.has(path) && fromCode.has(path))
      .map((module) => ({ ...module, all: found.length, tested }));
  });
}

/** What imports lead to. */
interface Reached {
  /** Files that tests import, through whatever is between. */
  readonly fromTests: ReadonlySet<string>;
  /** Files that production code imports. */
  readonly fromCode: ReadonlySet<string>;
  /** Tests of what was built: it is not known which sources that is made from. */
  readonly compiled: readonly string[];
}

const BUILT = /^\.\.?\/(?:[\w.-]+\/)*(?:dist|build|lib|out|compiled)(?:\/|$)/;

function reached(ctx: View): Reached {
  const targets = new Map<string, readonly string[]>();
  const fromCode = new Set<string>();
  const fromTests = new Set<string>();
  const compiled: string[] = [];
  for (const { path, value, isTest } of ctx.all(importFacet)) {
    const found = [...value.local, ...value.others].flatMap(({ to }) => ctx.resolveImport(path, to) ?? []);
    targets.set(path, found);
    if (isTest && found.length < value.local.length && value.local.some(({ to }) => BUILT.test(to)))
      compiled.push(path);
    if (isTest) fromTests.add(path);
    else for (const target of found) fromCode.add(target);
  }
  // A set gives what is added while it is gone through, too.
  for (const path of fromTests) for (const target of targets.get(path) ?? []) fromTests.add(target);
  return { fromTests, fromCode, compiled };
}

import type { Anchor, Facet, MessageData, ProjectContext } from '#api';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import { isRepositoryRoot } from '../../_shared/project/repositoryRoot.ts';
import { scriptsFacet } from '../../_shared/project/scriptsFacet.ts';
import { knownApps } from '../../_shared/web/project/questions.ts';
import { webServices } from '../../_shared/web/project/webModel.ts';
import { readmeFacet } from './readmeFacet.ts';

type Context = ProjectContext<string, unknown>;

export interface MissingDoc {
  readonly at: { readonly path: string; readonly facet: Facet<unknown>; readonly anchor: Anchor };
  readonly message: 'readme' | 'instructions' | 'files' | 'api';
  readonly data?: MessageData;
}

const LICENCES = [
  'LICENSE',
  'LICENSE.md',
  'LICENSE.txt',
  'LICENCE',
  'LICENCE.md',
  'COPYING',
  'license',
  'license.md',
  'MIT-LICENSE',
];
const READMES = [
  'README',
  'README.rst',
  'README.txt',
  'README.adoc',
  'README.mdx',
  'readme',
  'Readme.md',
  'readme.txt',
];
/** Where GitHub looks for what tells people how to work with a project. */
const PLACES = ['', '.github/', 'docs/'];
/** What describes an API or makes the description, and what makes pages, which nobody calls. */
const API_PACKAGES =
  /^(?:ejs|pug|jade|hbs|express-handlebars|nunjucks|swig|consolidate|eta|mustache-express|handlebars|dustjs.*|liquidjs|twig)$|swagger|openapi|redoc|scalar|tsoa|typedoc|apidoc|trpc|graphql|apollo|nestia|aspida|feathers|zodios|ts-rest|postman|blueprint|api-extractor/;
const API_FILES = ['openapi', 'swagger', 'api', 'openapi-spec', 'swagger-output', 'swagger_output'].flatMap((name) =>
  ['yaml', 'yml', 'json'].flatMap((extension) =>
    ['', 'docs/', 'api/', 'src/', 'spec/', 'openapi/', 'swagger/', 'src/docs/', 'src/swagger/', 'public/'].map(
      (folder) => `${folder}${name}.${extension}`,
    ),
  ),
);
const API_DOCUMENTS = [
  'API.md',
  'api.md',
  'docs/API.md',
  'docs/api.md',
  'docs/api',
  'docs/API',
  'api-docs',
  'docs/endpoints.md',
  'postman',
  'bruno',
  'requests',
  'http',
];

/** What a project at the top of a repository does not tell. */
export function missingDocs(ctx: Context): readonly MissingDoc[] {
  const { root, get, exists } = ctx;
  const path = `${root}/package.json`;
  const facts = get(path, packageFacet);
  const own = get(path, scriptsFacet);
  const isThere = (names: readonly string[]): boolean => names.some((name) => exists(`${root}/${name}`));
  if (facts === undefined || own === undefined || !isRepositoryRoot(ctx)) return [];
  const inPackage = { path, facet: scriptsFacet, anchor: own.at };
  const readmes = [...ctx.all(readmeFacet)];
  const [first] = readmes;
  if (first === undefined) {
    const isProgram = facts.isStarted || facts.hasServer;
    return isProgram && !isThere(READMES) ? [{ at: inPackage, message: 'readme' }] : [];
  }
  const at = { path: first.path, facet: readmeFacet, anchor: first.value.at };
  const says = (what: 'saysRun' | 'saysTest' | 'refers' | 'describesApi' | 'saysContributing'): boolean =>
    readmes.some(({ value }) => value[what]);
  const inPlaces = (name: string): boolean =>
    isThere(
      PLACES.flatMap((place) => [
        `${place}${name}.md`,
        `${place}${name.toLowerCase()}.md`,
        `${place}${name}`,
        `${place}${name}.rst`,
      ]),
    );
  const found: MissingDoc[] = [];

  const hasTests =
    own.scripts['test'] !== undefined && !/no test specified|^(?:echo|exit|true)\b/.test(own.scripts['test']);
  const isSaidElsewhere =
    says('refers') || ['CONTRIBUTING', 'DEVELOPMENT', 'HACKING', 'INSTALL', 'BUILDING', 'SETUP'].some(inPlaces);
  const unsaid = [
    ...(facts.isStarted && !says('saysRun') ? ['how to run it'] : []),
    ...(hasTests && !says('saysTest') ? ['how to run its tests'] : []),
  ];
  if (unsaid.length > 0 && !isSaidElsewhere)
    found.push({ at, message: 'instructions', data: { what: unsaid.join(' or ') } });

  const isOpen = isThere(LICENCES);
  const files = [
    ...(inPlaces('SECURITY') ? [] : ['SECURITY.md']),
    ...(inPlaces('CONTRIBUTING') || says('saysContributing') ? [] : ['CONTRIBUTING.md']),
  ];
  if (isOpen && files.length > 0) found.push({ at, message: 'files', data: { files: files.join(' and ') } });

  const packages = [...ctx.all(packageFacet)];
  const isDescribed =
    says('describesApi') ||
    isThere(API_FILES) ||
    isThere(API_DOCUMENTS) ||
    packages.some(({ value }) => value.rendersOnServer || value.dependencies.some((name) => API_PACKAGES.test(name)));
  const routes = isDescribed ? 0 : routesOf(ctx);
  if (routes >= MANY_ROUTES) found.push({ at, message: 'api', data: { routes } });
  return found;
}

/** Fewer are seen at a glance. */
const MANY_ROUTES = 5;

function routesOf(ctx: Context): number {
  return knownApps(webServices(ctx)).reduce((sum, { app }) => sum + app.routes.length, 0);
}

import type { PackageFacts } from '../../_shared/project/packageFacts.ts';

/** What a framework brings and lets its users import, by the package that they list. */
const PROVIDED: readonly (readonly [listed: RegExp, imported: RegExp])[] = [
  [
    /^nuxt(?:-nightly|3)?$|^@nuxt\//,
    /^(?:vue|vue-router|h3|nitropack|ofetch|ufo|defu|pathe|unstorage|unhead|@unhead\/.*|@vue\/.*|@nuxt\/.*)$/,
  ],
  [/^@docusaurus\//, /^(?:@docusaurus|@theme|@theme-original|@theme-init|@site|@generated)\//],
  [/^(?:umi|@umijs\/.*|dumi|ice|@ice\/.*)$/, /^(?:umi|dumi|ice|@umijs\/.*|@@\/.*)$/],
  [/^(?:vitepress|vuepress)$/, /^(?:vue|vue-router|@vuepress\/.*|@theme\/.*|@temp\/.*|@internal\/.*)$/],
  [/^gatsby$/, /^(?:@reach\/router|@gatsbyjs\/.*|gatsby-.*)$/],
  [/^(?:vitest|jest|@jest\/.*)$/, /^(?:vitest|@vitest|@jest)(?:\/|$)/],
  [/^(?:meteor-node-stubs|@babel\/runtime.*)$/, /^(?:@babel\/runtime.*)$/],
  [/^(?:@vscode\/.*|@types\/vscode|vscode.*)$/, /^(?:vscode|vscode-.*)$/],
  [
    /^(?:serverless.*|aws-lambda|@types\/aws-lambda|aws-cdk.*|@aws-.*|aws-sdk)$/,
    /^(?:aws-sdk|aws-lambda|@aws-sdk\/.*|@smithy\/.*)$/,
  ],
  [/^(?:electron.*|@electron.*)$/, /^(?:electron|original-fs)$/],
  [/^(?:storybook|@storybook\/.*)$/, /^(?:storybook|@storybook\/.*)$/],
  [/^(?:preact.*)$/, /^(?:react|react-dom)$/],
  [/^(?:@angular\/.*)$/, /^(?:@angular\/.*|zone\.js)$/],
  // Next tells by these names which side a module is for, and reads nothing of the packages.
  [/^next$/, /^(?:server-only|client-only)$/],
];

/** Modules that a runtime, a game, an editor or a web page has, and that nobody installs. */
const OF_RUNTIMES =
  /^(?:k6|bun|deno|electron|vscode|obsidian|figma|meteor|gi|gnome|system|resource|chrome|std|jsr|npm|cc|uxp|photoshop|typings|mongo|mongosh|frida.*)$/;

/** Whether a package that nobody lists may be imported all the same, because something that is listed brings it. */
export function isProvided(name: string, { dependencies }: PackageFacts): boolean {
  if (OF_RUNTIMES.test(name) || name.startsWith('@generated/')) return true;
  // `@types/x` alone: the import is of types.
  const types = `@types/${name.startsWith('@') ? name.slice(1).replace('/', '__') : name}`;
  if (dependencies.includes(types)) return true;
  return PROVIDED.some(([listed, imported]) => imported.test(name) && dependencies.some((one) => listed.test(one)));
}

/** Tools that put what a program imports into its own files, so that nothing has to be installed where it runs. */
const BUNDLERS =
  /^(?:vite|@vitejs\/.*|webpack|@rspack\/.*|esbuild|esbuild-.*|rollup|rolldown|tsup|tsdown|unbuild|parcel|@parcel\/.*|@vercel\/ncc|ncc|bun-types|@types\/bun|bun|electron.*|@electron.*|next|nuxt|nuxt3|astro|gatsby|@sveltejs\/.*|@remix-run\/.*|@react-router\/.*|react-scripts|@angular\/.*|@vue\/cli-service|microbundle|tsdx|bili|father|snowpack|expo|react-native|metro|ember-cli|pkg|@yao-pkg\/pkg|nexe|caxa|wxt|plasmo|@wxt-dev\/.*|nitropack|nitro|wrangler|vinxi|serverless.*|aws-cdk.*|sst|@nx\/.*|@nrwl\/.*|nx|umi|@umijs\/.*|@tarojs\/.*|@swc\/pack|preconstruct|@preconstruct\/.*|dumi|fela|@storybook\/.*|storybook|tsc-multi|pkgroll|bunchee|@strapi\/.*|parcel-bundler|@neutralinojs\/.*|browserify|gulp.*|grunt.*|laravel-mix|@symfony\/.*|brunch|turbopack|@adonisjs\/.*)$/;

/** Whether a package runs from its dependencies: a service that is started as it is, or a library that others install. */
export function runsAsInstalled(facts: PackageFacts): boolean {
  if (facts.isDesktop || facts.hasInterface || facts.dependencies.some((name) => BUNDLERS.test(name))) return false;
  return (
    (facts.startsInstalled && facts.hasServer) ||
    (facts.isPublished && !facts.isPrivate && !facts.hasServer && !facts.isStarted)
  );
}

/** Packages whose place is among the tools: what imports them is a tool or a test, whatever its name. */
const FOR_TOOLS =
  /^(?:jest.*|vitest.*|mocha|chai.*|sinon.*|supertest|nock|msw|ava|tap|tape|@jest\/.*|@vitest\/.*|@testing-library\/.*|@faker-js\/.*|faker|cypress|playwright.*|@playwright\/.*|puppeteer.*|eslint.*|@eslint\/.*|@typescript-eslint\/.*|prettier.*|typescript|ts-node|tsx|nodemon|@types\/.*|webpack.*|@babel\/.*|babel-.*|@storybook\/.*|storybook|husky|rimraf|concurrently|swagger-jsdoc|.*testcontainers.*|mongodb-memory-server.*|benchmark|tinybench|mitata|electron|vscode)$/;

/** Whether a package is made for development alone. */
export function isTool(name: string): boolean {
  return FOR_TOOLS.test(name);
}

import { z } from 'zod';
import { type ProjectContext, rule } from '#api';
import { composeFacet } from '../../_shared/delivery/composeBuilds.ts';
import { lastPart } from '../../_shared/filePath.ts';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import { copyFacet } from './copyFacet.ts';
import { createFile, extendFile } from './fix.ts';
import { ignoreFacet } from './ignoreFacet.ts';
import { ignoreLists } from './ignoreList.ts';
import { HARM, type Risk } from './risks.ts';

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Images that copy everything there is, secrets and the history included.',
    promise: 'Secrets, the history and local packages stay out of images',
    topics: ['dockerignore', '.dockerignore', 'docker build context', 'secrets in image', 'COPY . .'],
    subject: ['copy'],
    references: [
      {
        title: 'Docker: .dockerignore files',
        url: 'https://docs.docker.com/build/concepts/context/#dockerignore-files',
      },
      {
        title: 'CWE-538: Insertion of Sensitive Information into Externally-Accessible File or Directory',
        url: 'https://cwe.mitre.org/data/definitions/538.html',
      },
    ],
    messages: {
      missing:
        'This copies everything in the folder, because no .dockerignore says what to leave out: .env with its secrets, the history in .git, and the packages of this machine in node_modules. Add one.',
      loose: 'This copies {names}, because {list} lets it in: {harm}. Leave it out.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [copyFacet, composeFacet, ignoreFacet, packageFacet],
    check(ctx) {
      const builds = [...ctx.all(composeFacet)].flatMap(({ value }) => value);
      for (const { path, value } of ctx.all(copyFacet)) {
        const contexts = builds.filter(({ dockerfile }) => dockerfile === path).map(({ context }) => context);
        const lists = ignoreLists(ctx, path, [...new Set(contexts)]);
        const [list] = lists;
        const place = { path, facet: copyFacet, anchor: value.at };
        if (list === undefined) ctx.report(place, 'missing');
        // With several lists it does not show which one the build reads.
        if (list?.folder === undefined || lists.length > 1) continue;
        const fact = ctx.get(list.path, ignoreFacet);
        const names = fact?.lets.filter((risk) => value.harms.includes(risk) && isThere(ctx, list.folder ?? '', risk));
        if (fact === undefined || names === undefined || names.length === 0) continue;
        const harm = names.map((risk) => HARM[risk]).join(', and ');
        const data = { names: enumerated(names), list: lastPart(list.path), harm };
        const label = 'What stays out of the build.';
        ctx.report(place, 'loose', data, [{ path: list.path, facet: ignoreFacet, anchor: fact.at, label }]);
      }
    },
  },
  fixes: {
    // A program in the image may read a `.env` that came with the folder.
    missing: [{ title: 'Create .dockerignore', safety: 'suggest', edits: createFile }],
    loose: [{ title: 'Leave out {names}', safety: 'suggest', edits: extendFile }],
  },
});

/** Any of these tells that the project reads `.env`; git leaves it out of every project that was begun from a template. */
const ENV_FILES = ['', '.example', '.sample', '.template', '.dist', '.local', '.test', '.development', '.production']
  .map((ending) => `.env${ending}`)
  .concat('env.example', '.example.env');

/** Packages that read `.env`. */
const ENV_READER = /^(?:dotenv(?:-\w+)*|env-cmd|@nestjs\/config|@fastify\/env|@dotenvx\/dotenvx)$/;

type View = Pick<ProjectContext<never, unknown>, 'exists' | 'isIgnored' | 'get'>;

/** Whether the folder of a build holds what is not the repository's: what git leaves out, and the history itself. */
function isThere(ctx: View, folder: string, risk: Risk): boolean {
  const holds = (names: readonly string[]): boolean => names.some((name) => ctx.exists(`${folder}/${name}`));
  if (risk === '.git') return holds(['.git', '.github']);
  if (!ctx.isIgnored(`${folder}/${risk}`)) return false;
  const { dependencies = [] } = ctx.get(`${folder}/package.json`, packageFacet) ?? {};
  return risk === 'node_modules' || holds(ENV_FILES) || dependencies.some((name) => ENV_READER.test(name));
}

function enumerated(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((part) => part !== '').join(' and ');
}

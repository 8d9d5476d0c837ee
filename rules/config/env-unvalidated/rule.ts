import { z } from 'zod';
import { type MessageData, type ProjectContext, rule } from '#api';
import { bypassFacet, unwantedVariables } from '../../_shared/auth/bypasses/unwantedVariables.ts';
import { createEnvModule } from './createEnvModule.ts';
import { type EnvRead, envFacet } from './envFacet.ts';
import {
  knownTo,
  mainModule,
  type OpenRead,
  openReads,
  type Validators,
  validatorsFor,
  withReason,
} from './openReads.ts';
import { byPackage, isService, type PackageEnv } from './packages.ts';
import { useEnvModule } from './useEnvModule.ts';

const options = z.strictObject({
  ignore: z
    .array(z.string())
    .default(['NODE_ENV', 'CI', 'TZ', 'HOME', 'PATH'])
    .describe('Variables that the platform sets and that need no validation.'),
});

/** Places named beside the one where the finding stands. */
const MAX_RELATED = 20;
/** Names listed in the message. */
const MAX_NAMES = 6;

type Context = ProjectContext<'noModule' | 'bypassesModule' | 'outsideModule', z.output<typeof options>>;

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Environment variables are read without a module that validates them at start-up.',
    promise: 'The environment is validated when the service starts',
    topics: [
      'environment validation',
      'env vars',
      'environment variables',
      'config validation',
      'zod env',
      'configuration management',
    ],
    subject: ['env'],
    references: [
      { title: 'The Twelve-Factor App: Config', url: 'https://12factor.net/config' },
      {
        title: 'CWE-1188: Initialization of a Resource with an Insecure Default',
        url: 'https://cwe.mitre.org/data/definitions/1188.html',
      },
    ],
    messages: {
      noModule:
        'Nothing checks the environment before the service starts: {names} are used as they come, so a missing or misspelt variable shows up as a failure in production. Validate them once in an env module.',
      outsideModule:
        '{module} validates the other variables, and not {names}, which this file reads from the environment. Add what is missing to that schema and read it from there.',
      bypassesModule:
        '{name} is read from the environment here although {module} validates it, so this value may be missing or malformed. Read it from {module}.',
    },
  },
  options,
  project: {
    facets: [envFacet, bypassFacet],
    check(ctx) {
      const ignored = new Set([...ctx.options.ignore, ...unwantedVariables(ctx)]);
      const packages = byPackage(ctx.root, ctx.all(envFacet));
      for (const home of packages) if (isService(home, packages)) checkPackage(home, packages, ignored, ctx);
    },
  },
  fixes: {
    noModule: [
      {
        title: 'Create a zod env module from every variable the project reads',
        safety: 'suggest',
        deferred: true,
        edits: createEnvModule,
      },
    ],
    bypassesModule: [{ title: 'Read {name} from {module}', safety: 'suggest', edits: useEnvModule }],
  },
});

function checkPackage(
  home: PackageEnv,
  packages: readonly PackageEnv[],
  ignored: ReadonlySet<string>,
  ctx: Context,
): void {
  const validators = validatorsFor(home, packages, ctx.providers('envModule', `${home.folder}/package.json`));
  const reads = openReads(home, validators, ignored);
  const [module] = validators;
  if (module !== undefined) reportReads(home, reads, validators, ctx);
  else reportPackage(reads, home.folder, ctx);
}

function reportReads(home: PackageEnv, reads: readonly OpenRead[], validators: Validators, ctx: Context): void {
  const main = mainModule(validators)?.label;
  const known = knownTo(validators, home);
  const outside = new Map<string, OpenRead[]>();
  for (const open of reads) {
    const { path, read } = open;
    if (!known.has(read.name)) outside.set(path, [...(outside.get(path) ?? []), open]);
    else {
      const its =
        validators.find(({ facts }) => facts.keys.includes(read.name))?.label ?? main ?? validators[0]?.label ?? '';
      ctx.report({ path, facet: envFacet, anchor: read.at }, 'bypassesModule', { name: read.name, module: its });
    }
  }
  if (main === undefined) reportPackage(withReason(home, [...outside.values()].flat()), home.folder, ctx);
  else for (const own of outside.values()) reportTogether(own, 'outsideModule', { module: main }, ctx);
}

function reportPackage(reads: readonly OpenRead[], folder: string, ctx: Context): void {
  reportTogether(reads, 'noModule', { folder }, ctx);
}

/** One finding at the first read, which names the others. */
function reportTogether(
  reads: readonly OpenRead[],
  message: 'noModule' | 'outsideModule',
  data: MessageData,
  ctx: Context,
): void {
  const [first, ...others] = reads;
  if (first === undefined) return;
  const related = others
    .slice(0, MAX_RELATED)
    .map(({ path, read }) => ({ path, facet: envFacet, anchor: read.at, label: `${read.name} is read here` }));
  ctx.report(
    { path: first.path, facet: envFacet, anchor: first.read.at },
    message,
    { names: listNames(reads.map(({ read }) => read)), ...data },
    related,
  );
}

function listNames(reads: readonly EnvRead[]): string {
  const names = [...new Set(reads.map((read) => read.name))];
  const shown = names.slice(0, MAX_NAMES).join(', ');
  return names.length > MAX_NAMES ? `${shown} and ${names.length - MAX_NAMES} more` : shown;
}

import { isPlatformVariable } from '../../_shared/env/variables.ts';
import { folderOf } from '../../_shared/filePath.ts';
import { FOLDERS, inFolders } from '../../_shared/places.ts';
import { ASIDE, exampleFolders, exampleFor, type Variable, type View } from './examples.ts';
import { settingsFacet } from './settingsFacet.ts';

/** A variable that a compose file takes from its surroundings. */
export interface TakenVariable extends Variable {
  /** Nothing starts without it. */
  readonly isRequired: boolean;
}

/** Compose files of tests and of CI, which are started by what sets their variables, and examples themselves. */
const FOR_OTHERS = /(?:^|[./_-])(?:tests?|testing|e2e|ci|bench\w*|examples?|samples?|demo|templates?)(?=[./_-])/i;

/** Tools start what they need themselves, and set its variables. */
const TOOLS = inFolders(FOLDERS.tools);

/** What Compose and shells know by themselves, and what platforms that read compose files fill in. */
const GIVEN =
  /^(?:COMPOSE_\w+|DOCKER_(?:HOST|SOCK\w*|GID|UID|BUILDKIT)|UID|GID|PUID|PGID|SERVICE_(?:FQDN|URL|USER|PASSWORD|BASE64|REALBASE64)_\w+)$/;
/** What people have in their shells for other tools. */
const OF_TOOLS = /^(?:AWS_\w+|GITHUB_TOKEN|GH_TOKEN|NPM_TOKEN|NODE_AUTH_TOKEN|SSH_\w+|BUILDKITE\w*|\w+_PROXY)$/;
/** What changes with each build, and is said when it is started. */
const OF_MOMENT = /^(?:(?:IMAGE|BUILD|GIT|COMMIT|CI|RELEASE)_\w+|TAG|VERSION|REVISION|\w+_(?:TAG|SHA|REVISION))$/;

/** Files beside a compose file that are not read here and may name or set variables: examples, and what starts the services. */
const UNREAD = ['env', '.env-', '.env_']
  .flatMap((lead) =>
    ['example', 'sample', 'template', 'dist'].map((end) => (lead === 'env' ? `env.${end}` : lead + end)),
  )
  .concat(['.envrc', 'mise.toml', '.mise.toml', 'Jenkinsfile', 'Makefile', 'makefile', 'justfile', 'Justfile'])
  .concat(['deploy', 'setup', 'install', 'start', 'run', 'up', 'bootstrap'].map((name) => `${name}.sh`));

/** Variables that compose files take without a default, and nothing that people read names. */
export function untold(ctx: View, ignored: ReadonlySet<string>): readonly TakenVariable[] {
  const files = [...ctx.all(settingsFacet)].filter(({ value }) => value.taken !== undefined);
  const examples = files.length === 0 ? undefined : exampleFolders(ctx);
  if (examples === undefined || examples.size === 0) return [];
  const told = new Set<string>();
  for (const { value } of ctx.all(settingsFacet)) for (const name of value.noted ?? value.names) told.add(name);
  const found = new Map<string, TakenVariable>();
  for (const { path, value } of files) {
    const local = path.slice(ctx.root.length);
    if (ASIDE.test(local) || TOOLS.test(local) || FOR_OTHERS.test(local.slice(local.lastIndexOf('/')))) continue;
    const example = exampleFor(path, examples);
    if (example === undefined) continue;
    if ([ctx.root, folderOf(path), folderOf(example)].some((folder) => isSetUnseen(ctx, folder))) continue;
    for (const { name, at, isRequired } of value.taken ?? []) {
      if (told.has(name) || ignored.has(name) || isPlatformVariable(name)) continue;
      if (GIVEN.test(name) || OF_TOOLS.test(name) || OF_MOMENT.test(name)) continue;
      const key = `${example}\n${name}`;
      const known = found.get(key);
      if (known === undefined || (isRequired && !known.isRequired)) {
        found.set(key, { name, path, anchor: at, example, isRequired });
      }
    }
  }
  return [...found.values()];
}

/** Whether something that is not read here names or sets what compose files of a folder take. */
function isSetUnseen({ exists }: View, folder: string): boolean {
  return UNREAD.some((file) => exists(`${folder}/${file}`));
}

import type { ProjectContext } from '#api';
import { probeFacet } from './probeFacet.ts';
import type { BuiltImage, ComposedService } from './probeFacts.ts';

type View = Pick<ProjectContext<string, unknown>, 'all' | 'exists'>;

/** Names by which Compose finds a file, the first one that exists. */
const NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const OVERRIDES = NAMES.map((name) => name.replace('.y', '.override.y'));

/** The image behind a port that a compose file opens; `undefined` where it is not built here, or files may change it. */
export function serviceAt({ folder, file, services, port }: ComposedService, ctx: View): BuiltImage | undefined {
  if (file === undefined && OVERRIDES.some((name) => ctx.exists(`${folder}/${name}`))) return undefined;
  const found = file ?? NAMES.map((name) => `${folder}/${name}`).find((path) => ctx.exists(path));
  const facts = [...ctx.all(probeFacet)].find(({ path }) => path === found)?.value;
  const [only, ...others] = (facts?.published ?? []).filter(({ host }) => host === port);
  if (only === undefined || others.length > 0) return undefined;
  return services.length === 0 || services.includes(only.service) ? only.image : undefined;
}

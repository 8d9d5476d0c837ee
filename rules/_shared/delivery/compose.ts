import type { DataDocument, DataNode, DataObject, Span } from '#api';
import { entryAt, valueAt } from '../dataMembers.ts';

/** One service of a compose file. */
export interface ComposeService {
  readonly name: string;
  readonly nameSpan: Span;
  readonly node: DataObject;
}

const COMPOSE = /(?:^|\/)(?:[\w.-]+[.-])?(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/i;
/** `compose.override.yml`, `docker-compose.dev.yml`, `docker-compose-test.yml`, files of `.devcontainer/`. */
const FOR_WORK =
  /(?:[./_-])(?:override|dev\w*|local\w*|tests?|testing|e2e|ci|debug|examples?|samples?|demo|bench\w*)(?=[./_-])/i;

/** Whether a file, judged by its name, is read by Docker Compose. */
export function isComposeFile(path: string): boolean {
  return COMPOSE.test(path);
}

/** Whether a compose file, judged by its name, starts what people develop and test with. */
export function isComposeForWork(path: string): boolean {
  return (
    FOR_WORK.test(path.slice(path.lastIndexOf('/'))) ||
    /\/(?:\.?devcontainer|\.gitpod|\.github|\.ci|dev\w*|(?:[\w-]+[_-])?tests?|testing|test-[\w-]+|(?:[\w-]+[_-])?e2e|bench\w*|tools?|[\w-]*examples?|samples?|demos?|fixtures|local|__tests__)\//i.test(
      path,
    )
  );
}

/** The services of a compose file; of the first version, where they stand at the top, too. */
export function servicesOf({ roots: [root] }: DataDocument): readonly ComposeService[] {
  const services = entryAt(root, 'services')?.value ?? (isFirstVersion(root) ? root : undefined);
  if (services?.kind !== 'object') return [];
  return services.entries.flatMap(({ key, keySpan, value }) =>
    value?.kind === 'object' ? [{ name: key, nameSpan: keySpan, node: value }] : [],
  );
}

function isFirstVersion(root: DataNode | undefined): boolean {
  if (root?.kind !== 'object' || root.entries.length === 0 || entryAt(root, 'version')) return false;
  return root.entries.every(({ value }) => entryAt(value, 'image') ?? entryAt(value, 'build'));
}

/** Whether a service is only started by those who ask for a profile, such as tools of developers. */
export function hasProfile({ node }: ComposeService): boolean {
  const profiles = valueAt(node, 'profiles');
  return profiles?.kind === 'array' && profiles.items.length > 0;
}

/** Whether all profiles of a service say that people develop or test with it. */
export function isServiceForWork({ node }: ComposeService): boolean {
  const profiles = valueAt(node, 'profiles');
  if (profiles?.kind !== 'array' || profiles.items.length === 0) return false;
  return profiles.items.every(
    (item) => item.kind === 'scalar' && /^(?:dev|local|test|e2e|debug|tool|build-only)/i.test(String(item.value)),
  );
}

/** What a service says of its health check: it has one, switches the one of its image off, or says nothing. */
export function healthcheckOf(node: DataNode): 'on' | 'off' | undefined {
  const check = valueAt(node, 'healthcheck');
  if (check === undefined) return undefined;
  const disabled = valueAt(check, 'disable');
  const test = valueAt(check, 'test');
  const first = test?.kind === 'array' ? test.items[0] : test;
  const isOff =
    (disabled?.kind === 'scalar' && disabled.value === true) || (first?.kind === 'scalar' && first.value === 'NONE');
  return isOff || check.kind !== 'object' ? 'off' : 'on';
}

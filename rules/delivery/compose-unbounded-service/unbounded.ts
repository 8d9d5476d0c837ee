import type { DataDocument } from '#api';
import { entryAt, textAt, valueAt } from '../../_shared/dataMembers.ts';
import { type ComposeService, hasProfile, servicesOf } from '../../_shared/delivery/compose.ts';

/** Services of one file that lack the same thing. */
export interface Unbounded {
  readonly message: 'restart' | 'limits';
  readonly services: readonly [ComposeService, ...ComposeService[]];
}

/** Finds services that stay down after a crash, and those that may take all memory of the machine. */
export function unboundedIn(document: DataDocument): readonly Unbounded[] {
  const services = servicesOf(document);
  // What is written elsewhere may say both.
  if (services.some(({ node }) => entryAt(node, 'extends') !== undefined)) return [];
  const lasting = services.filter((service) => !isJob(service, services) && !hasProfile(service));
  // A swarm starts everything again, unless it is told otherwise.
  const isSwarm = services.some(({ node }) => SWARM.some((key) => valueAt(node, 'deploy', key) !== undefined));
  return [
    ...(isSwarm
      ? []
      : group(
          'restart',
          lasting.filter((service) => !isRestarted(service)),
        )),
    ...group(
      'limits',
      lasting.filter((service) => !isLimited(service)),
    ),
  ];
}

function group(message: Unbounded['message'], [first, ...rest]: readonly ComposeService[]): readonly Unbounded[] {
  return first === undefined ? [] : [{ message, services: [first, ...rest] }];
}

/** Parts of `deploy` that only a swarm reads. */
const SWARM = ['mode', 'placement', 'update_config', 'rollback_config', 'endpoint_mode'];

function isRestarted({ node }: ComposeService): boolean {
  return entryAt(node, 'restart') !== undefined || valueAt(node, 'deploy', 'restart_policy') !== undefined;
}

function isLimited({ node }: ComposeService): boolean {
  return entryAt(node, 'mem_limit') !== undefined || valueAt(node, 'deploy', 'resources', 'limits') !== undefined;
}

/** Names of what does its work and ends. */
const JOB = /migrat|seed|init|setup|bootstrap|backup|restore|job\b|create|import|test|build|provision|cron|cli\b/i;

/** Whether a service ends by itself, waits for a person, or is not started at all. */
function isJob({ name, node }: ComposeService, services: readonly ComposeService[]): boolean {
  const scale = valueAt(node, 'scale') ?? valueAt(node, 'deploy', 'replicas');
  if (scale?.kind === 'scalar' && scale.value === 0) return true;
  if (entryAt(node, 'stdin_open') !== undefined || entryAt(node, 'tty') !== undefined) return true;
  const command = valueAt(node, 'command');
  const said = command?.kind === 'scalar' ? String(command.value) : '';
  return (
    JOB.test(`${name} ${said}`) ||
    services.some((other) => textAt(other.node, 'depends_on', name, 'condition') === 'service_completed_successfully')
  );
}

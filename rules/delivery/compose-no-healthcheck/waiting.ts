import type { DataArray, DataDocument, DataEntry, Span } from '#api';
import { entryAt, textAt, valueAt } from '../../_shared/dataMembers.ts';
import { type ComposeService, servicesOf } from '../../_shared/delivery/compose.ts';
import { checkFor, isTool } from './checks.ts';

/** A database that others start beside, rather than after. */
export interface Waiting {
  readonly span: Span;
  readonly service: ComposeService;
  /** Names of the others, as they are listed. */
  readonly others: readonly string[];
}

/** A list under `depends_on`, which waits for the start of processes alone. */
export interface DependencyList {
  readonly entry: DataEntry;
  readonly list: DataArray;
  readonly names: readonly string[];
}

/** Finds databases without a check that others list. */
export function waitingIn(document: DataDocument): readonly Waiting[] {
  const services = servicesOf(document);
  return services.flatMap((service) => unchecked(service, services));
}

function unchecked(service: ComposeService, services: readonly ComposeService[]): readonly Waiting[] {
  if (entryAt(service.node, 'healthcheck') !== undefined || checkFor(textAt(service.node, 'image') ?? '') === undefined)
    return [];
  const waiting = services.filter(
    (other) => dependencies(other).includes(service.name) && !isTool(textAt(other.node, 'image') ?? ''),
  );
  if (waiting.length === 0) return [];
  return [{ span: service.nameSpan, service, others: waiting.map(({ name }) => name) }];
}

/** The short form of `depends_on`; `undefined` where conditions are given, or it is written elsewhere. */
export function dependencyList({ node }: ComposeService): DependencyList | undefined {
  const entry = entryAt(node, 'depends_on');
  const list = entry?.value;
  if (entry === undefined || entry.merged === true || list?.kind !== 'array' || list.definition !== undefined)
    return undefined;
  const names = list.items.flatMap((item) => (item.kind === 'scalar' ? [String(item.value)] : []));
  return names.length === list.items.length ? { entry, list, names } : undefined;
}

function dependencies(service: ComposeService): readonly string[] {
  const value = valueAt(service.node, 'depends_on');
  if (value?.kind === 'object') {
    // A condition that somebody wrote is meant.
    return value.entries.flatMap(({ key, value: each }) => (textAt(each, 'condition') === undefined ? [key] : []));
  }
  return dependencyList(service)?.names ?? [];
}

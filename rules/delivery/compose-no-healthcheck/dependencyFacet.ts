import { type Anchor, type DataDocument, facet, type Span } from '#api';
import { entryAt, textAt, valueAt } from '../../_shared/dataMembers.ts';
import {
  type ComposeService,
  healthcheckOf,
  isComposeFile,
  isComposeForWork,
  servicesOf,
} from '../../_shared/delivery/compose.ts';
import { builtFrom } from '../../_shared/delivery/composeBuilds.ts';
import { useOf } from '../../_shared/delivery/composeUse.ts';
import { folderOf } from '../../_shared/filePath.ts';
import { checkFor, isTool } from './checks.ts';
import { dependencyList } from './waiting.ts';

/** A service that another one waits for, and what tells whether it is healthy. */
export interface Dependency {
  readonly name: string;
  /** What the compose file says of its check. */
  readonly check: 'on' | 'off' | undefined;
  /** The Dockerfile that it is built from; `undefined` for images from elsewhere. */
  readonly dockerfile: string | undefined;
  /** The stage that is asked for, lower case. */
  readonly target: string | undefined;
  /** Its image is known and brings no check. */
  readonly isBare: boolean;
}

/** A `depends_on` of one service. */
export interface WaitingFact {
  readonly service: string;
  /** The key of a short list, where processes alone are waited for. */
  readonly list: Anchor | undefined;
  readonly listed: readonly Dependency[];
  /** Those that have to be healthy first, each where its name is written. */
  readonly healthy: readonly (Dependency & { readonly at: Anchor })[];
}

export interface ComposeFacts {
  readonly waiting: readonly WaitingFact[];
  /** Names of the services that have a check in this file. */
  readonly checked: readonly string[];
}

/** Which services of compose files wait for which; empty of both for files that say nothing of the two. */
export const dependencyFacet = facet<never, ComposeFacts>({
  name: 'composeDependencies',
  documents: {
    languages: ['yaml'],
    fold(document, { path, localPath, at }) {
      if (document.language !== 'yaml' || !isComposeFile(path)) return undefined;
      const services = servicesOf(document);
      const checked = services.filter(({ node }) => healthcheckOf(node) === 'on').map(({ name }) => name);
      const isShipped = !isComposeForWork(localPath) && useOf(localPath, document) === 'shipped';
      const waiting = isShipped ? services.flatMap((service) => waitingOf(service, services, folderOf(path), at)) : [];
      return checked.length + waiting.length === 0 ? undefined : { waiting, checked };
    },
  },
});

function waitingOf(
  service: ComposeService,
  services: readonly ComposeService[],
  folder: string,
  at: (span: Span) => Anchor,
): readonly WaitingFact[] {
  const list = dependencyList(service);
  const find = (name: string): readonly Dependency[] => {
    const found = services.find((other) => other.name === name);
    return found === undefined ? [] : [dependency(found, folder)];
  };
  if (list !== undefined) {
    if (isTool(textAt(service.node, 'image') ?? '')) return [];
    return [{ service: service.name, list: at(list.entry.keySpan), listed: list.names.flatMap(find), healthy: [] }];
  }
  const entry = entryAt(service.node, 'depends_on');
  const value = entry?.value;
  if (entry?.merged === true || value?.kind !== 'object' || value.definition !== undefined) return [];
  const healthy = value.entries.flatMap(({ key, keySpan, value: each, merged }) =>
    merged !== true && textAt(each, 'condition') === 'service_healthy'
      ? find(key).map((one) => ({ ...one, at: at(keySpan) }))
      : [],
  );
  return healthy.length === 0 ? [] : [{ service: service.name, list: undefined, listed: [], healthy }];
}

function dependency({ name, node }: ComposeService, folder: string): Dependency {
  const image = textAt(node, 'image') ?? '';
  const build = valueAt(node, 'build');
  const isElsewhere = entryAt(node, 'extends') !== undefined;
  return {
    name,
    check: healthcheckOf(node),
    dockerfile: isElsewhere ? undefined : builtFrom(build, folder)?.dockerfile,
    target: textAt(build, 'target')?.toLowerCase(),
    isBare: !isElsewhere && build === undefined && checkFor(image) !== undefined,
  };
}

/** Services of a document that have a check of their own, for fixes. */
export function checkedIn(document: DataDocument): ReadonlySet<string> {
  return new Set(servicesOf(document).flatMap(({ name, node }) => (healthcheckOf(node) === 'on' ? [name] : [])));
}

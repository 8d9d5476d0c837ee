import type { DataDocument, DataNode, DataObject } from '#api';
import { textAt, valueAt } from '../dataMembers.ts';

/** A container of what Kubernetes runs. */
export interface KubernetesContainer {
  readonly node: DataObject;
  /** Empty without a name. */
  readonly name: string;
  /** The image as it is written; empty in patches, which leave it to what they change. */
  readonly image: string;
}

/** Something that runs containers: `Deployment`, `StatefulSet`, `CronJob` and their like, wherever it stands in a file. */
export interface KubernetesWorkload {
  readonly kind: string;
  readonly name: string;
  /** The pod's `spec`. */
  readonly pod: DataObject;
  /** Those that run side by side; what prepares them is left out, unless it goes on running. */
  readonly containers: readonly KubernetesContainer[];
}

const IN_TEMPLATE = ['spec', 'template', 'spec'];
/** Where the pod stands, by kind. */
const PODS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['Pod', ['spec']],
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'Rollout'].map(
    (kind) => [kind, IN_TEMPLATE] as const,
  ),
  ['Service', IN_TEMPLATE],
  ['CronJob', ['spec', 'jobTemplate', ...IN_TEMPLATE]],
]);
/** Lists in lists are no manifests. */
const MAX_DEPTH = 3;
/** Templates of charts and of other tools, which are no manifests until they are filled in. */
const TEMPLATE = /\{\{|\{%|<%|^\s*#@/m;

/** Everything in a manifest that runs containers, each document and each item of a list; nothing of a template. */
export function workloadsOf({ text, roots }: DataDocument): readonly KubernetesWorkload[] {
  if (!text.includes('containers:') && !text.includes('"containers"')) return [];
  return TEMPLATE.test(text) ? [] : roots.flatMap((root) => workloadsIn(root, 0));
}

function workloadsIn(node: DataNode | undefined, depth: number): readonly KubernetesWorkload[] {
  const kind = textAt(node, 'kind') ?? '';
  if (textAt(node, 'apiVersion') === undefined || depth > MAX_DEPTH) return [];
  const items = /List$/.test(kind) ? valueAt(node, 'items') : undefined;
  if (items?.kind === 'array') return items.items.flatMap((item) => workloadsIn(item, depth + 1));
  const pod = valueAt(node, ...(PODS.get(kind) ?? ['-']));
  if (pod?.kind !== 'object') return [];
  const beside = containersAt(pod, 'initContainers').filter((one) => textAt(one.node, 'restartPolicy') === 'Always');
  return [
    {
      kind,
      name: textAt(node, 'metadata', 'name') ?? '',
      pod,
      containers: [...containersAt(pod, 'containers'), ...beside],
    },
  ];
}

function containersAt(pod: DataObject, key: string): readonly KubernetesContainer[] {
  const list = valueAt(pod, key);
  if (list?.kind !== 'array') return [];
  return list.items.flatMap((node) =>
    node.kind === 'object' ? [{ node, name: textAt(node, 'name') ?? '', image: textAt(node, 'image') ?? '' }] : [],
  );
}

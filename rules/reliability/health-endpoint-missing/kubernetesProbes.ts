import type { DataDocument, DataNode } from '#api';
import { textAt, valueAt } from '../../_shared/dataMembers.ts';
import { imageReference } from '../../_shared/delivery/imageReference.ts';
import { type KubernetesContainer, type KubernetesWorkload, workloadsOf } from '../../_shared/delivery/kubernetes.ts';
import { ANY, type Found, type ProbeFacts, type RunImage } from './probeFacts.ts';

const PROBES = ['startupProbe', 'livenessProbe', 'readinessProbe'];
/** Images that everybody uses: they are not what the workspace builds. */
const OF_OTHERS =
  /^(?:(?:postgres|postgis|mysql|mariadb|mongo|mongo-express|redis|valkey|memcached|rabbitmq|nats|nginx|httpd|traefik|haproxy|caddy|busybox|alpine|ubuntu|debian|node|python|elasticsearch|kibana|adminer|phpmyadmin|registry|vault|consul|influxdb|telegraf|zookeeper|kong|keycloak)(?:$|-)|(?:bitnami|grafana|prom|prometheus|quay\.io|registry\.k8s\.io|k8s\.gcr\.io|gcr\.io\/google|mcr\.microsoft\.com|confluentinc|jaegertracing|hashicorp|minio|dpage|mailhog|axllent|otel|fluent|curlimages|amazon|datadog|envoyproxy|istio|opensearchproject|timescale|apache|library)\/)/;
/** A patch by paths: `/spec/template/spec/containers/0/livenessProbe`. */
const PATCHES_BY_PATH = /\/containers\/\d+(?:\/(?:\w+Probe|env|envFrom|ports|command|args|image)|["'\s])/;

/** What a manifest runs, which patches it holds for others, and what its probes ask. */
export function manifestFacts(
  document: DataDocument,
): Pick<ProbeFacts, 'runs' | 'patches'> & { readonly probes: readonly Found[] } {
  const workloads = workloadsOf(document);
  const containers = workloads.flatMap((one) => one.containers);
  const images = containers.map(({ image }) => imageReference(image).name).filter((name) => !OF_OTHERS.test(name));
  const patched = workloads.filter((one) => one.containers.some(({ image }) => image === '')).map(nameOf);
  return {
    probes: workloads.flatMap(probesOf),
    runs: [...new Set(images.filter((name) => name !== ''))].sort(),
    patches: PATCHES_BY_PATH.test(document.text) ? [...patched, ANY] : patched,
  };
}

function nameOf({ kind, name }: KubernetesWorkload): string {
  return `${kind}/${name}`;
}

function probesOf(workload: KubernetesWorkload): readonly Found[] {
  return workload.containers.flatMap((container) => {
    const { node, image } = container;
    const { name } = imageReference(image);
    // Another command is another program.
    const isOther = valueAt(node, 'command') ?? valueAt(node, 'args');
    if (name === '' || /[$<*]/.test(image) || OF_OTHERS.test(name) || isOther !== undefined) return [];
    const given = variablesOf(node);
    const isOpen = valueAt(node, 'envFrom') !== undefined;
    const of: RunImage = { kind: 'run', image: name, given, isOpen, workload: nameOf(workload) };
    return PROBES.flatMap((key) => probeOf(valueAt(node, key), container, workload, of));
  });
}

function probeOf(
  probe: DataNode | undefined,
  container: KubernetesContainer,
  { containers }: KubernetesWorkload,
  of: RunImage,
): readonly Found[] {
  const get = valueAt(probe, 'httpGet');
  const path = valueAt(get, 'path');
  const port = valueAt(get, 'port');
  if (path?.kind !== 'scalar' || port?.kind !== 'scalar' || typeof path.value !== 'string') return [];
  if (path.definition !== undefined || port.definition !== undefined || probe?.definition !== undefined) return [];
  const isElsewhere = valueAt(get, 'host') ?? valueAt(get, 'httpHeaders');
  if (isElsewhere !== undefined || (textAt(get, 'scheme') ?? 'HTTP').toUpperCase() !== 'HTTP') return [];
  if (!/^\/[\w./-]*(?:\?[^$]*)?$/.test(path.value)) return [];
  const asked = portsOf(container).get(String(port.value)) ?? Number(port.value);
  if (!Number.isInteger(asked)) return [];
  const beside = containers.filter((one) => one !== container);
  // Containers of a pod share their ports.
  if (beside.length > 0 && !isOwnPort(asked, container, beside)) return [];
  return [
    {
      at: path.span,
      portAt: port.span,
      port: beside.length > 0 ? undefined : asked,
      path: path.value.replace(/\?.*$/, '').replace(/(?<=.)\/+$/, ''),
      of,
    },
  ];
}

function isOwnPort(port: number, own: KubernetesContainer, beside: readonly KubernetesContainer[]): boolean {
  const has = (one: KubernetesContainer) => [...portsOf(one).values()].includes(port);
  return has(own) && !beside.some(has);
}

/** Ports that a container says it serves, by their names and by themselves. */
function portsOf({ node }: KubernetesContainer): ReadonlyMap<string, number> {
  const list = valueAt(node, 'ports');
  const ports = new Map<string, number>();
  for (const item of list?.kind === 'array' ? list.items : []) {
    const port = valueAt(item, 'containerPort');
    const number = port?.kind === 'scalar' ? Number(port.value) : Number.NaN;
    if (Number.isInteger(number)) ports.set(textAt(item, 'name') ?? String(number), number);
  }
  return ports;
}

function variablesOf(container: DataNode): Readonly<Record<string, string>> {
  const list = valueAt(container, 'env');
  const given: Record<string, string> = {};
  for (const item of list?.kind === 'array' ? list.items : []) {
    const name = textAt(item, 'name');
    const value = valueAt(item, 'value');
    if (name !== undefined) given[name] = value?.kind === 'scalar' ? String(value.value) : '';
  }
  return given;
}

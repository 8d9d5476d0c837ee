import { type DataNode, type FormatDocument, facet, type ProjectContext } from '#api';
import { entryAt } from '../dataMembers.ts';
import { isComposeFile, isComposeForWork, servicesOf } from '../delivery/compose.ts';
import { imageReference } from '../delivery/imageReference.ts';

/** What a file tells about where services run. */
export interface DeploymentFacts {
  /** Something stands in front of the services and may limit, answer or add what they do not: a proxy, an ingress. */
  readonly hasGateway?: true;
  /** The platform calls the code for each request and ends it itself. */
  readonly isServerless?: true;
  /** Something asks the services by HTTP whether they live. */
  readonly asksHealth?: true;
}

const GATEWAYS =
  /(?:^|[/-])(?:nginx|openresty|traefik|caddy|haproxy|envoy|kong|apisix|tyk-gateway|krakend|varnish|httpd|modsecurity-crs|swag|nginx-proxy)(?:$|[-/])/;
const ROUTING = new Set(['Ingress', 'IngressRoute', 'Gateway', 'HTTPRoute', 'VirtualService', 'Middleware']);
const SERVERLESS = /\/(?:vercel|now|wrangler)\.jsonc?$|\/(?:serverless|netlify|samconfig|template)\.ya?ml$/;

/** Templates of charts, which are no YAML until they are filled in. */
const ROUTING_FILE = /\/(?:ingress|gateway|http-?route|virtual-?service)[\w.-]*\.ya?ml$/i;
/** Settings of proxies that are no documents, and the folders in which they are kept. */
const PROXY_FILES = ['Caddyfile', 'nginx.conf', 'default.conf', 'haproxy.cfg', 'traefik.toml', 'Kongfile', 'kong.yml'];
const PROXY_FOLDERS = [
  '',
  'nginx/',
  'nginx/conf.d/',
  'proxy/',
  'deploy/',
  'deploy/nginx/',
  'docker/',
  'docker/nginx/',
  'config/',
  'conf/',
].concat(['caddy/', 'infra/', 'infra/nginx/', '.platform/nginx/', 'haproxy/', 'traefik/', 'ops/', 'config/nginx/']);

/** Compose files, Dockerfiles, manifests of Kubernetes and settings of platforms. */
export const deploymentFacet = facet<never, DeploymentFacts>({
  name: 'project/deployment',
  documents: {
    languages: ['yaml', 'dockerfile', 'json'],
    fold(document, { localPath }) {
      if (SERVERLESS.test(localPath)) return { isServerless: true };
      const isGateway = ROUTING_FILE.test(localPath) || hasGateway(document, localPath);
      const asks = asksHealth(document);
      return isGateway || asks
        ? { ...(isGateway && { hasGateway: true as const }), ...(asks && { asksHealth: true as const }) }
        : undefined;
    },
  },
});

function hasGateway(document: FormatDocument, localPath: string): boolean {
  if (document.language === 'dockerfile') {
    return document.instructions.some(
      ({ keyword, argument }) =>
        keyword === 'FROM' && GATEWAYS.test(imageReference(argument.split(/\s/)[0] ?? '').name),
    );
  }
  if (document.language !== 'yaml' || !('roots' in document)) return false;
  if (isComposeFile(localPath)) {
    return (
      !isComposeForWork(localPath) &&
      servicesOf(document).some(
        ({ name, node }) => GATEWAYS.test(imageReference(scalar(node, 'image')).name || name) || isRouted(node),
      )
    );
  }
  return document.roots.some((root) => scalar(root, 'apiVersion') !== '' && ROUTING.has(scalar(root, 'kind')));
}

/** Labels by which a proxy outside the file finds a service: `traefik.enable=true`. */
function isRouted(node: DataNode): boolean {
  const labels = entryAt(node, 'labels')?.value;
  const texts =
    labels?.kind === 'object'
      ? labels.entries.map(({ key }) => key)
      : labels?.kind === 'array'
        ? labels.items.map((item) => (item.kind === 'scalar' ? String(item.value) : ''))
        : [];
  return texts.some((text) => /^(?:traefik|caddy)(?:[._=]|$)/.test(text));
}

/** `HEALTHCHECK CMD curl …` of an image, `httpGet` of a probe, the path that a platform asks. */
function asksHealth(document: FormatDocument): boolean {
  if (document.language === 'dockerfile') {
    return document.instructions.some(
      ({ keyword, argument }) => keyword === 'HEALTHCHECK' && /\b(?:curl|wget|https?|fetch)\b/.test(argument),
    );
  }
  return document.language === 'yaml' && 'roots' in document && document.roots.some((root) => hasProbe(root));
}

const PROBES = new Set(['httpGet', 'healthCheckPath', 'liveness_check', 'readiness_check']);

function hasProbe(node: DataNode | undefined, depth = 0): boolean {
  if (node === undefined || depth > 12) return false;
  if (node.kind === 'array') return node.items.some((item) => hasProbe(item, depth + 1));
  if (node.kind !== 'object') return false;
  return node.entries.some(({ key, value }) => PROBES.has(key) || hasProbe(value, depth + 1));
}

/** A text under a key; empty for anything else. */
function scalar(node: DataNode, key: string): string {
  const value = entryAt(node, key)?.value;
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : '';
}

type View = Pick<ProjectContext<string, unknown>, 'all'>;

/** Whether the workspace describes anything that stands in front of its services. */
export function hasGatewayInFront({
  all,
  exists,
  root,
}: View & Pick<ProjectContext<string, unknown>, 'exists' | 'root'>): boolean {
  return (
    [...all(deploymentFacet)].some(({ value }) => value.hasGateway === true) ||
    PROXY_FOLDERS.some((folder) => PROXY_FILES.some((name) => exists(`${root}/${folder}${name}`)))
  );
}

/** Whether something in the workspace asks services by HTTP whether they live, wherever they answer. */
export function isAskedForHealth({ all }: View): boolean {
  return [...all(deploymentFacet)].some(({ value }) => value.asksHealth === true);
}

/** Whether a platform runs the package of a folder for each request by itself, as its or an outer folder's settings say. */
export function isRunByPlatform(folder: string, { all }: View): boolean {
  return [...all(deploymentFacet)].some(
    ({ path, value }) =>
      value.isServerless === true && `${folder}/`.startsWith(path.slice(0, path.lastIndexOf('/') + 1)),
  );
}

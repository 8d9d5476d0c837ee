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
}

const GATEWAYS =
  /(?:^|[/-])(?:nginx|openresty|traefik|caddy|haproxy|envoy|kong|apisix|tyk-gateway|krakend|varnish|httpd|modsecurity-crs|swag|nginx-proxy)(?:$|[-/])/;
const ROUTING = new Set(['Ingress', 'IngressRoute', 'Gateway', 'HTTPRoute', 'VirtualService', 'Middleware']);
const SERVERLESS = /\/(?:vercel|now|wrangler)\.jsonc?$|\/(?:serverless|netlify|samconfig|template)\.ya?ml$/;

/** Compose files, Dockerfiles, manifests of Kubernetes and settings of platforms. */
export const deploymentFacet = facet<never, DeploymentFacts>({
  name: 'project/deployment',
  documents: {
    languages: ['yaml', 'dockerfile', 'json'],
    fold(document, { path }) {
      if (SERVERLESS.test(path)) return { isServerless: true };
      return hasGateway(document, path) ? { hasGateway: true } : undefined;
    },
  },
});

function hasGateway(document: FormatDocument, path: string): boolean {
  if (document.language === 'dockerfile') {
    return document.instructions.some(
      ({ keyword, argument }) =>
        keyword === 'FROM' && GATEWAYS.test(imageReference(argument.split(/\s/)[0] ?? '').name),
    );
  }
  if (document.language !== 'yaml' || !('roots' in document)) return false;
  if (isComposeFile(path)) {
    return (
      !isComposeForWork(path) &&
      servicesOf(document).some(({ name, node }) => GATEWAYS.test(imageReference(scalar(node, 'image')).name || name))
    );
  }
  return document.roots.some((root) => scalar(root, 'apiVersion') !== '' && ROUTING.has(scalar(root, 'kind')));
}

/** A text under a key; empty for anything else. */
function scalar(node: DataNode, key: string): string {
  const value = entryAt(node, key)?.value;
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : '';
}

type View = Pick<ProjectContext<string, unknown>, 'all'>;

/** Whether the workspace describes anything that stands in front of its services. */
export function hasGatewayInFront({ all }: View): boolean {
  return [...all(deploymentFacet)].some(({ value }) => value.hasGateway === true);
}

/** Whether a platform runs the package of a folder for each request by itself, as its or an outer folder's settings say. */
export function isRunByPlatform(folder: string, { all }: View): boolean {
  return [...all(deploymentFacet)].some(
    ({ path, value }) =>
      value.isServerless === true && `${folder}/`.startsWith(path.slice(0, path.lastIndexOf('/') + 1)),
  );
}

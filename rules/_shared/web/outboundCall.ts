import { type FileHeader, ts, unwrap } from '#api';
import { calledName } from '../calls.ts';
import { isFunctionValue } from '../enclosing.ts';

/** A call that waits for somebody else, or that makes a client which will. */
export interface Outbound {
  /** What the timeout is for; a default that is set for a client speaks for all its calls. */
  readonly client: 'fetch' | 'axios' | 'got' | 'undici' | 'http' | 'pg' | 'ioredis';
  readonly role: 'call' | 'instance' | 'connection';
  /** Index of the argument that takes options; `undefined` where the call takes none in this form. */
  readonly options: number | undefined;
}

/** What limits the waiting of a client, and what hands the question to somebody else. */
export const LIMITS: Readonly<Record<Outbound['client'], readonly string[]>> = {
  fetch: ['signal', 'timeout', 'dispatcher', 'agent'],
  axios: ['timeout', 'signal', 'cancelToken', 'httpAgent', 'httpsAgent', 'adapter'],
  got: ['timeout', 'signal'],
  undici: ['signal', 'headersTimeout', 'bodyTimeout', 'dispatcher'],
  http: ['timeout', 'signal', 'agent', 'createConnection'],
  pg: ['connectionTimeoutMillis', 'query_timeout', 'statement_timeout', 'Client'],
  // BullMQ asks for `maxRetriesPerRequest: null` and blocks on purpose.
  ioredis: ['commandTimeout', 'socketTimeout', 'maxRetriesPerRequest', 'lazyConnect'],
};

const FETCH = new Set([
  'global#fetch',
  'node-fetch',
  'node-fetch#fetch',
  'cross-fetch',
  'cross-fetch#fetch',
  'isomorphic-fetch',
  'undici#fetch',
  'node-fetch-native',
  'node-fetch-native#fetch',
  '@whatwg-node/fetch#fetch',
]);

/** Position of the options by method. */
const AXIOS: ReadonlyMap<string, number> = new Map([
  ['get', 1],
  ['delete', 1],
  ['head', 1],
  ['options', 1],
  ['post', 2],
  ['put', 2],
  ['patch', 2],
  ['postForm', 2],
  ['putForm', 2],
  ['patchForm', 2],
  ['request', 0],
]);

const GOT_METHODS = new Set(['get', 'post', 'put', 'patch', 'head', 'delete']);
const CALLED = new Set(['fetch', 'request', 'stream', 'pipeline', 'create', 'extend', ...AXIOS.keys(), ...GOT_METHODS]);

/** What a call asks of somebody else; reads the call and the header alone. */
export function outboundCall(call: ts.CallExpression, header: FileHeader): Outbound | undefined {
  const name = calledName(call);
  if (name === undefined) return undefined;
  // Clients are called by an imported name, or through a member of one.
  const isName = ts.isIdentifier(unwrap(call.expression));
  if (isName ? name !== 'fetch' && !header.imports.has(name) : !CALLED.has(name)) return undefined;
  const reference = header.resolve(call.expression);
  if (reference === undefined) return undefined;
  if (FETCH.has(reference)) return { client: 'fetch', role: 'call', options: 1 };
  const [module, member] = reference.split('#');
  switch (module) {
    case 'axios':
      return axiosCall(call, member);
    case 'got':
      return gotCall(member);
    case 'undici':
      return member !== undefined && ['request', 'stream'].includes(member)
        ? { client: 'undici', role: 'call', options: 1 }
        : undefined;
    case 'http':
    case 'https':
      return member === 'request' || member === 'get' ? httpCall(call) : undefined;
    default:
      return undefined;
  }
}

/** Clients of databases that are made with `new`. */
export function outboundClient(node: ts.NewExpression, header: FileHeader): Outbound | undefined {
  const reference = header.resolve(node.expression);
  if (reference === 'pg#Pool' || reference === 'pg#Client') return { client: 'pg', role: 'connection', options: 0 };
  if (reference === 'ioredis' || reference === 'ioredis#Redis') {
    const count = node.arguments?.length ?? 0;
    // new Redis(), (options), (port, options), (port, host, options); a port or address alone goes before options.
    const last = node.arguments?.[count - 1];
    const isAddress = last !== undefined && !isObject(last);
    return { client: 'ioredis', role: 'connection', options: isAddress ? count : Math.max(count - 1, 0) };
  }
  return undefined;
}

function axiosCall(call: ts.CallExpression, member: string | undefined): Outbound | undefined {
  const name = member?.replace(/^Axios\.|^axios\.?/, '') ?? '';
  if (name === 'create') return { client: 'axios', role: 'instance', options: 0 };
  if (name === '') {
    const [target] = call.arguments;
    const isConfig = target !== undefined && call.arguments.length === 1 && !isText(target);
    return { client: 'axios', role: 'call', options: isConfig ? 0 : 1 };
  }
  const options = AXIOS.get(name);
  return options === undefined ? undefined : { client: 'axios', role: 'call', options };
}

function gotCall(member: string | undefined): Outbound | undefined {
  const name = member?.replace(/^got\.?/, '') ?? '';
  if (name === 'extend') return { client: 'got', role: 'instance', options: 0 };
  return name === '' || GOT_METHODS.has(name) ? { client: 'got', role: 'call', options: 1 } : undefined;
}

/** `request(url, options?, callback?)` and `request(options, callback?)`. */
function httpCall({ arguments: [target, second] }: ts.CallExpression): Outbound | undefined {
  if (target === undefined) return undefined;
  const rest = second !== undefined && !isFunctionValue(second);
  if (isText(target)) return { client: 'http', role: 'call', options: rest ? 1 : undefined };
  if (isObject(target)) return { client: 'http', role: 'call', options: 0 };
  return rest ? { client: 'http', role: 'call', options: 1 } : { client: 'http', role: 'call', options: 0 };
}

function isText(node: ts.Node): boolean {
  const value = unwrap(node);
  return (
    ts.isStringLiteralLike(value) ||
    ts.isTemplateExpression(value) ||
    (ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.PlusToken)
  );
}

function isObject(node: ts.Node): boolean {
  return ts.isObjectLiteralExpression(unwrap(node));
}

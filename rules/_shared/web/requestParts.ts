import type { Framework } from './frameworks.ts';

/** Where in a request something came from. */
export type DataPart = 'body' | 'query' | 'params' | 'headers' | 'cookies' | 'files' | 'url';

/** Parts of a request in which a client can send a name, an address or any other text. */
export const SENT_PARTS: ReadonlySet<DataPart> = new Set(['query', 'body', 'params', 'headers', 'cookies']);

const COMMON: Readonly<Record<string, DataPart>> = {
  body: 'body',
  rawBody: 'body',
  query: 'query',
  params: 'params',
  param: 'params',
  headers: 'headers',
  header: 'headers',
  cookies: 'cookies',
  signedCookies: 'cookies',
  file: 'files',
  files: 'files',
  url: 'url',
  originalUrl: 'url',
  path: 'url',
};

/** The standard `Request` of routes of Next.js and of others. */
const FETCH: Readonly<Record<string, DataPart>> = {
  json: 'body',
  text: 'body',
  formData: 'body',
  arrayBuffer: 'body',
  body: 'body',
  headers: 'headers',
  cookies: 'cookies',
  nextUrl: 'url',
  params: 'params',
  url: 'url',
};

/** Koa has the request's members on the context as well. */
const KOA: Readonly<Record<string, DataPart>> = { ...COMMON, get: 'headers', querystring: 'query', href: 'url' };

const HONO_REQUEST: Readonly<Record<string, DataPart>> = {
  ...FETCH,
  query: 'query',
  queries: 'query',
  param: 'params',
  header: 'headers',
  parseBody: 'body',
  valid: 'body',
  path: 'url',
};

/** Members of a request by framework; those of a context are `req` and `request`, or for Koa the same once more. */
export function requestPart(framework: Framework, member: string): DataPart | undefined {
  if (framework === 'fetch') return own(FETCH, member);
  if (framework === 'koa') return own(KOA, member);
  if (framework === 'hono') return own(HONO_REQUEST, member);
  // `req.get('host')` reads a header.
  return member === 'get' && framework !== 'http' ? 'headers' : own(COMMON, member);
}

function own(table: Readonly<Record<string, DataPart>>, member: string): DataPart | undefined {
  return Object.hasOwn(table, member) ? table[member] : undefined;
}

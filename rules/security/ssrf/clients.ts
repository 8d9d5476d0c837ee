/** Functions that send a request to the address in their first argument, as what they resolve to. */
const BY_URL = new Set([
  'global#fetch',
  'node-fetch',
  'cross-fetch',
  'cross-fetch#fetch',
  'undici#fetch',
  'undici#request',
  'undici#stream',
  'axios',
  'axios#request',
  'axios#default',
  'axios#default.request',
  'got',
  'got#got',
  'ky',
  'needle',
  'request',
  'request-promise',
  'superagent',
  'http#get',
  'http#request',
  'https#get',
  'https#request',
]);

/** Clients whose methods take the address first. */
const CLIENTS = [
  'axios',
  'axios#default',
  'got',
  'got#got',
  'ky',
  'needle',
  'request',
  'request-promise',
  'superagent',
];
const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'stream', 'del'];
const MEMBERS = new Set(
  CLIENTS.flatMap((client) => METHODS.map((name) => `${client}${client.includes('#') ? '.' : '#'}${name}`)),
);

/** Members of an options object that hold the address, or its host. */
export const URL_OPTIONS = ['url', 'uri', 'host', 'hostname', 'baseURL', 'prefixUrl'];

/** Last parts of the names, to tell calls apart before anything is resolved. */
export const CALLED =
  /^(?:fetch|request|stream|axios|got|ky|needle|superagent|rp|get|post|put|patch|delete|head|options|del|goto|\w*[fF]etch|\w*[rR]equest)$/;

/** Packages that send requests; without one of them `get` and `post` are something else. */
export const SENDERS = [
  ...CLIENTS.filter((name) => !name.includes('#')),
  '@nestjs/axios',
  'http',
  'https',
  'undici',
  'puppeteer',
  'puppeteer-core',
  'playwright',
];

export function sendsRequest(reference: string): boolean {
  return BY_URL.has(reference) || MEMBERS.has(reference);
}

/** Whether a client has such a method that takes the address first. */
export function isSendingMethod(name: string): boolean {
  return METHODS.includes(name) || name === 'request';
}

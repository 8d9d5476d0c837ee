/** What all messages and streams of Node have. */
const STREAM =
  'on once off addListener removeListener removeAllListeners listeners emit pipe unpipe destroy destroyed socket connection ' +
  'statusCode statusMessage setTimeout';

/** Members of a request by the types of Express, without what other packages add to them. */
export const EXPRESS_REQUEST: ReadonlySet<string> = new Set(
  (
    'get header accepts acceptsCharsets acceptsEncodings acceptsLanguages range is protocol secure ip ips subdomains path ' +
    'hostname fresh stale xhr body cookies method params query route signedCookies originalUrl url baseUrl app res next ' +
    'headers rawHeaders headersDistinct httpVersion trailers rawTrailers aborted complete readable read pause resume ' +
    `setEncoding ${STREAM}`
  ).split(' '),
);

/** Members of a response by the types of Express. */
export const EXPRESS_RESPONSE: ReadonlySet<string> = new Set(
  (
    'status sendStatus links send json jsonp sendFile download contentType type format attachment set header headersSent get ' +
    'clearCookie cookie location redirect render locals app append req vary write writeHead end setHeader getHeader ' +
    'getHeaders getHeaderNames hasHeader removeHeader appendHeader flushHeaders finished writable writableEnded ' +
    `writableFinished ${STREAM}`
  ).split(' '),
);

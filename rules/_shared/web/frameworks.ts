/** Web frameworks whose handlers rules understand; `fetch` stands for handlers that take the standard `Request`. */
export type Framework = 'express' | 'fastify' | 'koa' | 'hono' | 'nest' | 'next' | 'http' | 'fetch';

/** What a parameter of a handler is. A `context` is request and response in one, as in Koa and Hono. */
export type Role = 'request' | 'response' | 'next' | 'error' | 'context';

/** A framework by the packages that bring it. A file that imports one of them is likely to hold its routes. */
export const FRAMEWORK_MODULES: Readonly<Record<string, Framework>> = {
  express: 'express',
  'express-serve-static-core': 'express',
  'express-promise-router': 'express',
  fastify: 'fastify',
  koa: 'koa',
  'koa-router': 'koa',
  '@koa/router': 'koa',
  hono: 'hono',
  '@hono/zod-openapi': 'hono',
  next: 'next',
  'next/server': 'next',
  '@nestjs/common': 'nest',
};

/** What makes an application, a router or a server that takes handlers, called or constructed. */
export const ROUTER_MAKERS: Readonly<Record<string, Framework>> = {
  express: 'express',
  'express#Router': 'express',
  'express#application': 'express',
  'express-promise-router': 'express',
  fastify: 'fastify',
  'fastify#fastify': 'fastify',
  'fastify#Fastify': 'fastify',
  koa: 'koa',
  'koa-router': 'koa',
  '@koa/router': 'koa',
  'hono#Hono': 'hono',
  '@hono/zod-openapi#OpenAPIHono': 'hono',
};

/** Types that say which role a parameter has, as `module#name`. */
export const PARAMETER_TYPES: Readonly<Record<string, readonly [Framework, Role]>> = {
  'express#Request': ['express', 'request'],
  'express#Response': ['express', 'response'],
  'express#NextFunction': ['express', 'next'],
  'express-serve-static-core#Request': ['express', 'request'],
  'express-serve-static-core#Response': ['express', 'response'],
  'express-serve-static-core#NextFunction': ['express', 'next'],
  'fastify#FastifyRequest': ['fastify', 'request'],
  'fastify#FastifyReply': ['fastify', 'response'],
  'koa#Context': ['koa', 'context'],
  'koa#ParameterizedContext': ['koa', 'context'],
  'koa#DefaultContext': ['koa', 'context'],
  'koa-router#RouterContext': ['koa', 'context'],
  'koa-router#IRouterContext': ['koa', 'context'],
  '@koa/router#RouterContext': ['koa', 'context'],
  'koa#Next': ['koa', 'next'],
  'hono#Context': ['hono', 'context'],
  'hono#Next': ['hono', 'next'],
  'next#NextApiRequest': ['next', 'request'],
  'next#NextApiResponse': ['next', 'response'],
  '@vercel/node#VercelRequest': ['next', 'request'],
  '@vercel/node#VercelResponse': ['next', 'response'],
  'next/server#NextRequest': ['fetch', 'request'],
  'http#IncomingMessage': ['http', 'request'],
  'http#ServerResponse': ['http', 'response'],
  'https#IncomingMessage': ['http', 'request'],
  'https#ServerResponse': ['http', 'response'],
  'http2#Http2ServerRequest': ['http', 'request'],
  'http2#Http2ServerResponse': ['http', 'response'],
};

/** Parameters of handlers in order; `withError` those of handlers of errors, which Express tells by their number. */
export interface Order {
  readonly plain: readonly Role[];
  readonly withError: readonly Role[];
}

const REQUEST_FIRST: Order = {
  plain: ['request', 'response', 'next'],
  withError: ['error', 'request', 'response', 'next'],
};

/** The order in which each framework hands its handlers what they need. */
export const PARAMETER_ORDER: Readonly<Record<Framework, Order>> = {
  express: REQUEST_FIRST,
  fastify: REQUEST_FIRST,
  nest: REQUEST_FIRST,
  next: REQUEST_FIRST,
  http: REQUEST_FIRST,
  koa: { plain: ['context', 'next'], withError: ['error', 'context'] },
  hono: { plain: ['context', 'next'], withError: ['error', 'context'] },
  // Routes of Next.js get the parts of their path in a second object.
  fetch: { plain: ['request', 'context'], withError: ['error', 'request'] },
};

/** Types of whole handlers, for functions whose parameters they give a role. */
export const HANDLER_TYPES: Readonly<Record<string, readonly [Framework, keyof Order]>> = {
  'express#RequestHandler': ['express', 'plain'],
  'express#Handler': ['express', 'plain'],
  'express#ErrorRequestHandler': ['express', 'withError'],
  'express-serve-static-core#RequestHandler': ['express', 'plain'],
  'express-serve-static-core#ErrorRequestHandler': ['express', 'withError'],
  'fastify#RouteHandler': ['fastify', 'plain'],
  'fastify#RouteHandlerMethod': ['fastify', 'plain'],
  'fastify#preHandlerHookHandler': ['fastify', 'plain'],
  'fastify#onRequestHookHandler': ['fastify', 'plain'],
  'koa#Middleware': ['koa', 'plain'],
  '@koa/router#Middleware': ['koa', 'plain'],
  'hono#Handler': ['hono', 'plain'],
  'hono#MiddlewareHandler': ['hono', 'plain'],
  'hono#ErrorHandler': ['hono', 'withError'],
  'next#NextApiHandler': ['next', 'plain'],
  'http#RequestListener': ['http', 'plain'],
};

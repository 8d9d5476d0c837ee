/** What a CORS package does about origins when it is not told which ones may read. */
export interface CorsPackage {
  /** Whether its `origin` may be a list, so that the fix fits. */
  readonly takesList: boolean;
}

/** Middleware packages by module, as they are called: `cors(options)`. */
export const MIDDLEWARE: ReadonlyMap<string, CorsPackage> = new Map([
  ['cors', { takesList: true }],
  ['@koa/cors', { takesList: false }],
  ['koa2-cors', { takesList: false }],
  ['hono/cors#cors', { takesList: true }],
  ['@elysiajs/cors#cors', { takesList: true }],
]);

/** Plugins of Fastify, as they are registered: `app.register(cors, options)`. */
export const PLUGINS: ReadonlySet<string> = new Set(['@fastify/cors', 'fastify-cors']);

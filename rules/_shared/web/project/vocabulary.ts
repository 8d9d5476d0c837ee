import { byName } from '../../byName.ts';
import type { Hint } from './facts.ts';

/** What services need somewhere, by what provides it. */
export type Concern = 'headers' | 'limit' | 'auth' | 'csrf' | 'health' | 'errors';

/** Packages that take care of a concern. Order and version do not matter: having one is enough. */
export const CONCERN_PACKAGES: Readonly<Record<Concern, RegExp>> = {
  headers:
    /^(?:helmet|helmet-csp|koa-helmet|@fastify\/helmet|fastify-helmet|hono\/secure-headers|lusca|hsts|frameguard|content-security-policy|nuxt-security|next-secure-headers|@nestjs\/helmet|nosecone|@nosecone\/.*|arcjet|@arcjet\/.*)$/,
  limit:
    /^(?:express-rate-limit|rate-limiter-flexible|express-slow-down|express-brute.*|@fastify\/rate-limit|fastify-rate-limit|koa-ratelimit|koa2-ratelimit|koa-simple-ratelimit|hono-rate-limiter|@nestjs\/throttler|limiter|bottleneck|@upstash\/ratelimit|express-limiter|rate-limit-redis|rate-limit-mongo|rolling-rate-limiter|@arcjet\/.*|toobusy-js|ratelimiter|strict-rate-limiter|@hono-rate-limiter\/.*|nestjs-throttler.*|express-throttle|async-ratelimiter|@ulimd\/.*)$/,
  auth: /^(?:passport(?:-.*)?|@nestjs\/passport|@nestjs\/jwt|express-jwt|express-oauth2-jwt-bearer|express-openid-connect|@fastify\/(?:jwt|auth|basic-auth|bearer-auth|passport|secure-session)|koa-jwt|koa-passport|hono\/(?:jwt|basic-auth|bearer-auth)|jsonwebtoken|jose|next-auth(?:\/.*)?|@auth\/.*|better-auth(?:\/.*)?|@clerk\/.*|firebase-admin(?:\/.*)?|supertokens-node(?:\/.*)?|keycloak-connect|lucia|@supabase\/.*|express-basic-auth|basic-auth|http-auth|oauth2-server|@okta\/.*|auth0|@kinde-oss\/.*|jwks-rsa|connect-ensure-login)$/,
  csrf: /^(?:csurf|@dr\.pogodin\/csurf|csrf|csrf-csrf|csrf-sync|tiny-csrf|ncsrf|lusca|@fastify\/csrf-protection|fastify-csrf|koa-csrf|hono\/csrf|nestjs-csrf|next-csrf|edge-csrf|@edge-csrf\/.*)$/,
  health:
    /^(?:@godaddy\/terminus|@nestjs\/terminus|lightship|express-healthcheck|express-actuator|@fastify\/under-pressure|under-pressure|fastify-healthcheck|fastify-custom-healthcheck|koa-health|koa-simple-healthcheck|@cloudnative\/health.*|health-checkup|express-healthz|[\w@/.-]*health-?check\w*(?:-[\w-]+)?)$/,
  errors:
    /^(?:@sentry\/.*|express-error-handler|errorhandler|strong-error-handler|api-error-handler|koa-error|koa-json-error|koa-better-error-handler|http-errors|boom|@hapi\/boom|celebrate|express-openapi-validator|express-async-errors)$/,
};

/** What packages make to handle errors in Express, as references. */
export const ERROR_HANDLER =
  /^(?:errorhandler|express-error-handler|api-error-handler|strong-error-handler|@sentry\/[\w-]+#(?:Handlers\.errorHandler|expressErrorHandler|setupExpressErrorHandler)|celebrate#errors|express-winston#errorLogger|supertokens-node\/framework\/express#errorHandler|@overnightjs\/[\w-]+#errorHandler|@hapi\/boom-express)$/;

/** Every package that {@link CONCERN_PACKAGES} knows. */
export const isConcernPackage = byName((name) =>
  Object.values(CONCERN_PACKAGES).some((packages) => packages.test(name)),
);

/** Names by which people call what takes care of a concern; used where the code itself cannot be followed. */
export const CONCERN_NAMES: Readonly<Record<Concern, RegExp>> = {
  headers: /helmet|secur|csp|hsts|header|hardening|contentpolicy/i,
  limit: /limit|throttl|slow_?down|brute|quota|flood|ddos/i,
  auth: /auth|jwt|token|session|passport|guard|protect|permission|role|admin|login|signedin|loggedin|user(?:required|only)|requires?(?:user|login)|verify|apikey|api_key|secret|signature|hmac|access|acl|rbac|policy|allow|csrf|credential|principal|identity|owner|member|tenant|ensure/i,
  csrf: /csrf|xsrf|same_?origin|same_?site|check_?origin|verify_?origin/i,
  health: /health|live(?:ness|z)|ready|readiness|heartbeat|ping|status|uptime|alive|actuator/i,
  errors: /err|exception|catch|fail|problem|sentry|boom/i,
};

/** Names that ask a question about the caller: `isOwner`, `canEdit`. */
const ASKS = /^(?:is|can|has|may|must|only)[A-Z_]/;

/** What takes care of which concerns, by its name alone. */
export function concernsOfName(name: string): readonly Concern[] {
  if (name === 'default') return [];
  const found = (Object.keys(CONCERN_NAMES) as readonly Concern[]).filter((one) => CONCERN_NAMES[one].test(name));
  return ASKS.test(name) && !found.includes('auth') ? [...found, 'auth'] : found;
}

/** Paths under which services say that they live. */
export const HEALTH_PATH =
  /(?:^|[/_-])(?:_?health(?:z|y|[-_]?check\w*|[-_]?status)?|is[-_]?(?:alive|ready|healthy|live|up)|probes?|self[-_]?(?:check|test)|livez?|liveness|readyz?|readiness|alive|heartbeat|ping|pong|up|uptime|status|monitoring?|actuator|hc)(?:$|[/?._-])/i;

/** Headers that keep browsers from doing harm. */
export const SECURITY_HEADER =
  /^(?:content-security-policy(?:-report-only)?|strict-transport-security|x-frame-options|x-content-type-options)$/i;

/** Code that asks which site a request comes from, or tells browsers which may send a cookie. */
export const CROSS_SITE = /^(?:lax|strict|origin|referr?er)$|csrf|xsrf|sec-fetch-site/i;

/** What people are told who asked too often. */
export const TOO_MANY = /\btoo many (?:\w+ )?(?:requests?|attempts?|tries|retries|logins?|calls?)\b|^x?-?ratelimit-/i;

/** What code calls the answer 429: `HttpStatus.TOO_MANY_REQUESTS`, `new TooManyRequestsError()`. */
export const TOO_MANY_NAME = /^too_?many_?(?:requests|attempts)/i;

/** What a call says by its name about the function it stands in. */
export const hintOfName = byName((name): Hint | undefined => {
  if (/csrf|xsrf/i.test(name)) return 'csrf';
  if (/^(?:consume|limitRequest|checkRateLimit|rateLimit\w*|isRateLimited|tooManyRequests)$/i.test(name))
    return 'limit';
  if (
    /^(?:constructEvent(?:Async)?|verifySignature|timingSafeEqual|createHmac|verifyWebhook\w*|verifyRequest\w*)$/i.test(
      name,
    )
  ) {
    return 'signature';
  }
  const isAuth =
    /^(?:auth|authenticate\w*|authori[sz]e\w*|verifyToken|verifyJwt|jwtVerify|verifyIdToken|getServerSession|getSession|getUser|currentUser|requireUser|requireAuth\w*|getAuth|checkAuth\w*|isAuthenticated|isLoggedIn|ensureAuth\w*|assertAuth\w*|getCurrentUser|validateToken|checkToken|checkPermission\w*|hasPermission\w*|validateSession\w*|verifyAccessToken|verifyApiKey|validateApiKey|getUserFrom\w*|getUserId\w*|extractUser\w*|decodeToken)$/i;
  return isAuth.test(name) ? 'auth' : undefined;
});

/** Members of a request that only an authenticated one has, or that authentication reads. */
export const AUTH_MEMBERS: ReadonlySet<string> = new Set([
  ...['user', 'userId', 'auth', 'authorization', 'session', 'currentUser', 'authUser', 'jwt', 'apiKey', 'account'],
]);

/** Methods that register a route. */
export const ROUTE_METHODS: ReadonlySet<string> = new Set([
  ...['get', 'post', 'put', 'patch', 'delete', 'del', 'all', 'options', 'head'],
]);

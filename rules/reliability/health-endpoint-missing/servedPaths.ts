import type { Middleware, WebApp, WebRoute } from '../../_shared/web/project/model.ts';
import { covers } from '../../_shared/web/project/paths.ts';
import { isCatchAll, type KnownApp } from '../../_shared/web/project/questions.ts';
import { CONCERN_PACKAGES, HEALTH_PATH } from '../../_shared/web/project/vocabulary.ts';
import type { AnswerFacts } from './answerFacet.ts';

/** Packages whose middleware looks at requests, adds to answers, or refuses, and answers no path of its own. */
const ANSWERS_NOTHING =
  /^(?:express#(?:json|urlencoded|raw|text)|body-parser|cors|helmet|compression|morgan|cookie-parser|cookie-session|express-(?:session|rate-limit|slow-down|fileupload|mongo-sanitize|async-errors|request-id|requestid|xss-sanitizer|useragent|device|http-context|winston|pino-logger|ejs-layouts|validator|jwt)|hpp|xss-clean|csurf|csrf-csrf|method-override|connect-(?:flash|timeout|mongo)|response-time|multer|passport|pino-http|nocache|@fastify\/(?:cors|helmet|cookie|jwt|formbody|multipart|sensible|rate-limit|compress|session|csrf-protection|websocket|redis|postgres|mongodb|env|auth|caching|etag)|fastify-plugin|@koa\/cors|koa-(?:bodyparser|body|helmet|logger|compress|json|cors|session)|hono\/(?:cors|logger|secure-headers|csrf|compress|etag|pretty-json|request-id|timing|timeout|body-limit)|@nestjs\/(?:common|swagger|throttler|passport|core)|@sentry\/)/;
const NOT_FOUND = /not_?found|404|missing|no_?route|unknown_?(?:route|path)|invalid_?(?:route|path)/i;

/** What files show of answers to unknown paths, by their paths. */
export type Answers = ReadonlyMap<string, AnswerFacts>;

/** Paths of routes that the application answers for sure, as a check may ask them. */
export function healthRoutes({ routes }: WebApp): readonly string[] {
  return routes
    .filter(({ method, path, maybe }) => /^(?:get|all)$/.test(method) && !maybe && /^\/[\w./-]+$/.test(path))
    .map(({ path }) => path)
    .filter((path) => HEALTH_PATH.test(path))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

/** Whether a path is one that people ask of the application itself, wherever they believe it to listen. */
export function isAskedOf(path: string, { routes }: WebApp): boolean {
  return path === '/' || HEALTH_PATH.test(path) || routes.some((route) => isSame(route.path, partsOf(path)));
}

/** Whether anything may answer a path that a check asks; true in every doubt. */
export function mayAnswer(path: string, { app, service }: KnownApp, answers: Answers): boolean {
  if (!HEALTH_PATH.test(path) || bringsChecks(service) || app.framework === 'koa') return true;
  const asked = partsOf(path);
  if (app.routes.some((route) => mayBeAsked(route) && (isCatchAll(route) || isSame(route.path, asked)))) return true;
  if (app.handedTo.some((reference) => /terminus|health|status|next|vite|apollo|graphql/.test(reference))) return true;
  // Some text of the program that is the path of a check, and of no route that is known.
  if (service.healthPaths.some((text) => !isOfRoute(text, app))) return true;
  return app.middleware.some((one) => mayAnswerAll(one, path, answers));
}

function mayAnswerAll(one: Middleware, path: string, answers: Answers): boolean {
  if (!covers(one.path, path) || one.takesErrors) return false;
  if (one.reference !== undefined) return !ANSWERS_NOTHING.test(one.reference);
  if (one.path !== '' && HEALTH_PATH.test(one.path)) return true;
  if (one.isUnknown) return true;
  if (!one.ends) return one.mayAnswer;
  // What answers all that is left: fine where it says that there is nothing.
  if (one.names.some((name) => NOT_FOUND.test(name.slice(name.lastIndexOf('#') + 1)))) return false;
  const files = [one.place.path, ...(one.definitions ?? []).map((definition) => definition.path)];
  const facts = files.flatMap((file) => answers.get(file) ?? []);
  return !facts.some(({ saysMissing }) => saysMissing) || facts.some(({ sendsPages }) => sendsPages);
}

/** Checks ask by GET or HEAD. */
function mayBeAsked({ method }: WebRoute): boolean {
  return !/^(?:post|put|patch|del|delete|options)$/.test(method);
}

function partsOf(path: string): readonly string[] {
  return path
    .toLowerCase()
    .split('/')
    .filter((part) => part !== '');
}

/** Whether a route may stand for a path, in one of its forms; what is not constant may be anything from there on. */
function isSame(route: string, asked: readonly string[]): boolean {
  return route.split('|').some((form) => {
    const parts = partsOf(form);
    const open = parts.findIndex((part) => /[*(){}?+\\]/.test(part));
    const known = open < 0 ? parts : parts.slice(0, open);
    if (open < 0 && parts.length !== asked.length) return false;
    return known.every((part, index) => part.startsWith(':') || part === asked[index]);
  });
}

/** Packages that answer checks by themselves; the one of Nest leaves the route to the project. */
export function bringsChecks({ imports, package: facts }: KnownApp['service']): boolean {
  if (!imports.has('health')) return false;
  const packages = (facts?.dependencies ?? []).filter((name) => CONCERN_PACKAGES.health.test(name));
  return packages.length === 0 || packages.some((name) => name !== '@nestjs/terminus');
}

function isOfRoute(text: string, { routes }: WebApp): boolean {
  const parts = `/${partsOf(text).join('/')}/`;
  const forms = routes.flatMap(({ path }) => path.split('|'));
  return forms.some((form) => `/${partsOf(form).join('/')}/`.includes(parts));
}

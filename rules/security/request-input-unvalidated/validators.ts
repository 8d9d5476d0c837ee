import { lastPart } from '../../_shared/filePath.ts';
import type { Middleware, WebRoute } from '../../_shared/web/project/model.ts';

/** What validates, by package or by name. */
const VALIDATES =
  /valid|schema|sanit|joi|zod|celebrate|ajv|yup|superstruct|openapi|swagger|dto|check|parse|rules|body|input|payload|whitelist|typia|vine|filter|transform/i;

/** Packages that run for requests and look at nothing of their shape. */
const READS_BODIES =
  /^(?:express|body-parser|koa-body(?:parser)?|@koa\/bodyparser|co-body|koa|formidable|express-formidable)(?:#|$)/;

/** Names of code of the project that is for something else. */
const OTHER =
  /log|morgan|cors|compress|cookie|session|static|json|urlencoded|time|trace|context|header|upload|multer|file|image|cache|lang|locale|metric|init|passport|auth|protect|user|owner|admin|role|permission|token|jwt|limit|throttl|error|notfound|helmet|csrf|flash|render|guard|verify|logged|member|async|wrap|catch/i;

/**
 * Whether anything that runs before a route's handler may validate what was sent: by its package, its name, because
 * airworthy.json says so, or because nobody can tell what it does.
 */
export function mayValidate({ middleware, place, handler }: WebRoute, declared: ReadonlySet<string>): boolean {
  const all = handler === undefined ? middleware : [...middleware, handler];
  return all.some((one) => {
    if (one.isUnknown || one.names.some((name) => declared.has(name))) return true;
    const { reference } = one;
    if (reference !== undefined && READS_BODIES.test(reference)) return false;
    const words = [...one.names, ...(reference === undefined ? [] : [reference])].map(lastPart);
    if (one === handler) return words.some((word) => /valid|schema|celebrate|zod|joi/i.test(word));
    if (reference !== undefined) return VALIDATES.test(reference);
    if (words.some((word) => VALIDATES.test(word))) return true;
    return !isOther(one, words, place);
  });
}

/** A function of the project that is for something else: by its name, or registered for everything and not written for this. */
function isOther(one: Middleware, words: readonly string[], place: WebRoute['place']): boolean {
  if (one.concerns.size > 0 || words.some((word) => OTHER.test(word))) return true;
  const isOwn = one.place.path === place.path && one.place.anchor === place.anchor;
  return !isOwn;
}

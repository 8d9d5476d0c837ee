import type { ProjectContext, ProviderRole } from '#api';
import { lastPart } from '../../filePath.ts';
import type { Hint, Operation, Value, WebFacts } from './facts.ts';
import type { Interpreter } from './interpreter.ts';
import type { Definition, Middleware, WebPlace } from './model.ts';
import type { Thing } from './things.ts';
import { CONCERN_NAMES, CONCERN_PACKAGES, type Concern, concernsOfName, ERROR_HANDLER } from './vocabulary.ts';

const ALL = Object.keys(CONCERN_NAMES) as readonly Concern[];

/** Roles that airworthy.json gives to functions of the project, by the concern that they answer for. */
const ROLES: readonly (readonly [ProviderRole, Concern])[] = [
  ['rateLimiter', 'limit'],
  ['authMiddleware', 'auth'],
];

/** Members of a route's options that hold functions which run before its handler. */
const HOOKS = ['onRequest', 'preParsing', 'preValidation', 'preHandler', 'beforeHandler', 'middleware'] as const;

/** Named like a guard, and lets everybody pass. */
const NO_GUARD =
  /^(?:express-session|cookie-session|client-sessions|koa-session|csurf|csrf.*|passport#(?:initialize|session))/;

/** Reads arguments of registrations as middleware. */
export interface MiddlewareReader {
  of(value: Value, operation: Operation, path: string): readonly Middleware[];
  /** As `of`, in Fastify: what was put on an application, `app.authenticate`, runs. */
  hook(value: Value, operation: Operation, path: string): readonly Middleware[];
  /** A thing that was evaluated already. */
  fromThing(thing: Thing, operation: Operation, path: string, wrapped?: readonly Thing[]): readonly Middleware[];
}

/** Reads with the facts of all files, and with what airworthy.json says of functions. */
export function middlewareReader(
  files: ReadonlyMap<string, WebFacts>,
  { evaluate }: Interpreter,
  providers: ProjectContext<string, unknown>['providers'],
): MiddlewareReader {
  /** What code of the project does; a guard of Nest does it in `canActivate`. */
  const hintsOf = (thing: Thing): readonly Hint[] => {
    if (thing.is !== 'function' && thing.is !== 'class' && thing.is !== 'instance') return [];
    const functions = files.get(thing.path)?.functions ?? {};
    const own = functions[thing.is === 'function' ? thing.key : `${thing.key}.canActivate`];
    return own?.hints ?? [];
  };

  /** @param wrapped functions that the one which runs was made of: `asyncHandler(create)` */
  const make = (thing: Thing, place: WebPlace, operation: Operation, wrapped: readonly Thing[] = []): Middleware => {
    const reference = thing.is === 'package' || thing.is === 'product' ? thing.reference : undefined;
    const facts = thing.is === 'function' ? files.get(thing.path) : undefined;
    const own = thing.is === 'function' ? facts?.functions[thing.key] : undefined;
    // What a function of another file does with the packages of that file is not looked at: importing one is enough.
    const isElsewhere = thing.is === 'function' && thing.path !== place.path;
    const packages = reference === undefined ? (isElsewhere && facts?.packages) || [] : [moduleOf(reference)];
    const names = thing.trail.filter((name) => name !== '');
    const concerns = ALL.filter((concern) => packages.some((name) => CONCERN_PACKAGES[concern].test(name)));
    const hints = [thing, ...wrapped].flatMap(hintsOf);
    const known = new Set<Concern>([...(reference === undefined ? [] : concerns), ...hints.flatMap(concernOf)]);
    for (const [role, concern] of ROLES) {
      const references = providers(role, place.path);
      if (references.size > 0 && names.some((name) => references.has(name))) known.add(concern);
    }
    // Names are a guess: what a known package is for is known.
    if (concerns.length === 0 || reference === undefined) {
      const words = names.map((name) => lastPart(name));
      concerns.push(...[...words, reference ?? ''].flatMap(concernsOfName));
    }
    const isNone = reference !== undefined && NO_GUARD.test(reference);
    const isGlobal = /^useGlobal/.test(operation.method);
    const isGuard = isGlobal && thing.is === 'instance';
    return {
      place,
      path: operation.path ?? '',
      reference,
      names: names.length > 0 ? names : reference === undefined ? [] : [reference],
      definitions: [thing, ...wrapped].flatMap(definitionsOf),
      concerns: new Set(isNone ? [] : [...concerns, ...known]),
      known: isNone ? new Set() : known,
      hints: new Set(hints),
      isUnknown: thing.is === 'unknown' || (thing.is === 'instance' && !isGuard) || thing.is === 'module',
      takesErrors:
        own === undefined
          ? reference !== undefined && ERROR_HANDLER.test(reference)
          : own.parameters === 4 || (own.parameters > 2 && own.takesError === true),
      ends: own?.ends === true,
      mayAnswer:
        !isGlobal &&
        (own === undefined ||
          wrapped.length > 0 ||
          own.answers === true ||
          own.ends === true ||
          operation.method === 'mount'),
      takesSocket: own?.takesSocket === true,
      maybe: operation.maybe === true,
      order: [],
    };
  };

  const fromThing: MiddlewareReader['fromThing'] = (thing, operation, path, wrapped) => {
    const place = { path, anchor: operation.at };
    if (thing.is === 'object' || thing.is === 'text') return [];
    if (thing.is !== 'members') return [make(thing, place, operation, wrapped)];
    const { members } = thing;
    const hooks = HOOKS.flatMap((name) => {
      const value = members[name];
      return value === undefined ? [] : hooksIn(value, operation, thing.path);
    });
    const { config, schema } = members;
    if (schema !== undefined) hooks.push(make({ ...thing, trail: ['schema'] }, place, operation));
    const limits = config?.is === 'object' && config.members['rateLimit'] !== undefined;
    return limits ? [...hooks, make({ ...thing, trail: ['config.rateLimit'] }, place, operation)] : hooks;
  };

  /** `[fastify.authenticate, fastify.auth([…])]`: what was put on an application is no application. */
  const hooksIn = (value: Value, operation: Operation, path: string): readonly Middleware[] => {
    if (value.is === 'list') return value.items.flatMap((item) => hooksIn(item, operation, path));
    const things = evaluate(value, path);
    const isPutOn = things.length > 0 && things.every(({ is }) => is === 'object');
    if (!isPutOn) return of(value, operation, path);
    const callee = value.is === 'call' ? value.callee : value;
    const trail = callee.is === 'member' ? [callee.name] : [];
    const made = make({ is: 'unknown', trail }, { path, anchor: operation.at }, operation);
    return [{ ...made, isUnknown: made.concerns.size === 0 }];
  };

  const of = (value: Value, operation: Operation, path: string): readonly Middleware[] => {
    const things = evaluate(value, path);
    const wrapped = value.is === 'call' ? value.args.flatMap((arg) => evaluate(arg, path)) : [];
    if (things.length > 0) return things.flatMap((thing) => fromThing(thing, operation, path, wrapped));
    // A parameter that nobody fills, as far as can be seen.
    return value.is === 'list' ? [] : [make({ is: 'unknown', trail: [] }, { path, anchor: operation.at }, operation)];
  };

  return { of, hook: hooksIn, fromThing };
}

/** What a hint says a function takes care of. */
function concernOf(hint: Hint): readonly Concern[] {
  if (hint === 'refusal' || hint === 'environment' || hint === 'body') return [];
  return [hint === 'signature' || hint === 'socket' ? 'auth' : hint];
}

/** Places on the way to a function, the one where it ends last: a wrapper's product is found by what it is exported as. */
function definitionsOf(thing: Thing): readonly Definition[] {
  const exports = thing.trail.flatMap((name) => {
    const hash = name.indexOf('#');
    return hash < 0 ? [] : [{ path: name.slice(0, hash), name: ownName(name.slice(hash + 1)) }];
  });
  if (thing.is !== 'function' && thing.is !== 'opaque') return exports;
  return [
    ...exports,
    { path: thing.path, name: ownName(thing.is === 'function' ? thing.key : (thing.trail.at(-1) ?? '')) },
  ];
}

/** `create` of `UserController.create`; empty for functions that are numbered. */
function ownName(key: string): string {
  return /~\d+$/.test(key) ? '' : (/[^./#]*$/.exec(key)?.[0] ?? '');
}

function moduleOf(reference: string): string {
  return reference.split('#')[0] ?? '';
}

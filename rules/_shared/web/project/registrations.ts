import type { Operation, Value, WebFacts } from './facts.ts';
import type { Interpreter } from './interpreter.ts';
import { isLoopback } from './loopback.ts';
import type { MiddlewareReader } from './middleware.ts';
import type { Middleware, WebPlace } from './model.ts';
import { joinPaths } from './paths.ts';
import { loadsFolder } from './plugins.ts';
import { ownPrefix, registeredPath } from './registrationPaths.ts';
import { isSocketServer, type Thing, type WebObject } from './things.ts';
import { ERROR_HANDLER, ROUTE_METHODS } from './vocabulary.ts';

/** One registration on an application or router. */
export interface Registration {
  /** `use` for what runs for many routes, a verb for routes, `errors` for handlers of errors. */
  readonly method: string;
  readonly path: string;
  readonly place: WebPlace;
  readonly handlers: readonly Middleware[];
  /** Routers and applications that are mounted. */
  readonly mounts: readonly WebObject[];
  readonly operation: Operation;
}

/** All that is done with one application, router or server. */
export interface ObjectUse {
  readonly registrations: Registration[];
  /** What all its paths begin with, wherever it is mounted. */
  prefix: string;
  /** How an application of Nest puts together the paths of its controllers. */
  readonly nesting: NestSetting[];
  /** Outside the project: `module#name`. */
  readonly handedTo: string[];
  /** To code that cannot be followed. */
  readonly unfollowed: string[];
  listens: boolean;
  /** Only programs of the same machine reach it: a proxy in front, or the user's own. */
  isLocal: boolean;
  /** Applications that a server serves. */
  readonly carries: WebObject[];
  /** Files that make it listen. */
  readonly listensIn: Set<string>;
}

/** `app.setGlobalPrefix('api')`, `app.enableVersioning()`. */
export interface NestSetting {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
  /** File that it stands in. */
  readonly file: string;
}

/** Starts listening to what it is given: `serve(app)`, `Bun.serve({ fetch: app.fetch })`. */
const STARTS = /^(?:@hono\/node-server#(?:serve|createAdaptorServer)|bun#serve)$/;
/** Names of globals that do nothing to an application. */
const LOOKS_ON =
  /^(?:console|Promise|Object|Reflect|JSON|process|String|Boolean|Number|Array|require|module|exports|expect|describe)\b/;
/** Servers and tools that carry or describe an application and register nothing on it that rules ask for. */
const HARMLESS =
  /^(?:https?|http2|spdy|net|socket\.io|ws|express-ws|supertest|chai-http|swagger-.*|@nestjs\/swagger|@sentry\/.*|http-terminator|stoppable|http-graceful-shutdown|http-shutdown|@godaddy\/terminus|lightship|@apollo\/server(?:\/.*)?|apollo-server.*|graphql-.*|express-list-endpoints|i18n.*|typescript-ioc|peer|node-media-server|serverless-http|@vendia\/.*|aws-serverless-express.*|@hono\/.*|hono\/.*|socket\.io-.*|@socket\.io\/.*|bull-board|@bull-board\/.*|express-status-monitor|express-prom-bundle|prom-client|ejs|ejs-mate|express-handlebars|nunjucks|hbs|pug|consolidate|eta|passport|cookie-parser|express-session|mongoose|@fastify\/(?:cors|swagger|swagger-ui|cookie|static|multipart|websocket|formbody|sensible|autoload)|fastify-plugin|@koa\/.*|koa-.*|tsyringe|typedi|inversify|express-async-errors|express-ejs-layouts|vite|next|@trpc\/.*|util|path|fs|assert|events|debug|log4js|winston|pino.*|morgan|get-port|portfinder|detect-port|open|opn|cluster|throng)$/;

/** Whether a class works with members that it gets from elsewhere, its base class: `class Api extends Server`. */
function hasInheritedField(facts: WebFacts | undefined, key: string): boolean {
  return Object.entries(facts?.fields ?? {}).some(
    ([name, values]) => name.startsWith(`${key}.`) && values.length === 0,
  );
}

/** Sorts what the files do by the application, router or server that it is done to. */
export function usesOfObjects(
  files: ReadonlyMap<string, WebFacts>,
  interpreter: Interpreter,
  reader: MiddlewareReader,
): ReadonlyMap<WebObject, ObjectUse> {
  const { evaluate } = interpreter;
  const uses = new Map<WebObject, ObjectUse>();
  const useOf = (object: WebObject): ObjectUse => {
    let use = uses.get(object);
    if (use === undefined) {
      use = {
        registrations: [],
        prefix: '',
        nesting: [],
        handedTo: [],
        unfollowed: [],
        listens: false,
        isLocal: false,
        carries: [],
        listensIn: new Set(),
      };
      uses.set(object, use);
    }
    return use;
  };

  /** Objects in an argument, those in object literals included. */
  const objectsIn = (value: Value, path: string): readonly WebObject[] =>
    evaluate(value, path).flatMap((thing): readonly WebObject[] => {
      if (thing.is === 'object') return [thing.object];
      if (thing.is !== 'members') return [];
      return Object.values(thing.members).flatMap((member) =>
        evaluate(member, thing.path).flatMap((inner) => (inner.is === 'object' ? [inner.object] : [])),
      );
    });

  const handOver = (callee: readonly Thing[], value: Value, objects: readonly WebObject[], path: string): void => {
    for (const object of objects) {
      const use = useOf(object);
      if (callee.length === 0) use.unfollowed.push(nameOf(value));
      for (const thing of callee) {
        if (thing.is === 'package' || thing.is === 'product') {
          const { reference } = thing;
          if (STARTS.test(reference)) startIn(use, path);
          use.handedTo.push(reference);
          if (!HARMLESS.test(reference.split('#')[0] ?? '')) use.unfollowed.push(reference);
        } else if (thing.is === 'unknown') {
          const name = thing.trail.at(-1) ?? '';
          if (/^(?:Bun|Deno)\.serve$/.test(name)) startIn(use, path);
          else if (!LOOKS_ON.test(name)) use.unfollowed.push(name === '' ? 'a value that cannot be told' : name);
        } else if (thing.is === 'class' && hasInheritedField(files.get(thing.path), thing.key)) {
          use.unfollowed.push(thing.key);
        }
      }
    }
  };

  const register = (object: WebObject, operation: Operation, path: string, prefix: string): void => {
    const { method } = operation;
    const use = useOf(object);
    const where = registeredPath(operation, path, evaluate);
    if (method === 'prefix' || method === 'setGlobalPrefix' || method === 'enableVersioning') {
      if (method === 'prefix') use.prefix = joinPaths(where, use.prefix);
      else use.nesting.push({ method, path: where, operation, file: path });
      return;
    }
    // What Fastify keeps on an application, `app.authenticate`, is no application, and plugins are parts by themselves.
    const isFastify = object.framework === 'fastify';
    const handlers = operation.args.flatMap((arg) => reader[isFastify ? 'hook' : 'of'](arg, operation, path));
    const things = isFastify ? [] : operation.args.flatMap((arg) => evaluate(arg, path));
    const objects = things.flatMap((thing) => (thing.is === 'object' && thing.object !== object ? [thing.object] : []));
    const mounts = [...new Set(objects)];
    const place = { path, anchor: operation.at };
    for (const one of mounts) if (one.kind === 'server') useOf(one);
    if (object.kind === 'server') {
      if (method === 'on') use.carries.push(...mounts);
      return;
    }
    if (isSocketServer(object)) {
      const isConnection = /^connect(?:ion)?$/.test(operation.path ?? '');
      const kind = isConnection ? 'connection' : method;
      use.registrations.push({ method: kind, path: '', place, handlers, mounts: [], operation });
      return;
    }
    const isErrors = /^(?:setErrorHandler|onError|useGlobalFilters)$/.test(method);
    const isRoute = ROUTE_METHODS.has(method) || method.includes('|');
    const kind = isErrors ? 'errors' : isRoute ? method : 'use';
    if (/^(?:on|once|ready|init|inject|param|setNotFoundHandler|notFound|route|after|group)$/.test(method)) {
      if (mounts.length === 0) return;
    }
    // A plugin is a function that was given the application already: what it registers stands for it.
    const told =
      method === 'register'
        ? handlers.filter(
            ({ reference, isUnknown }) => isUnknown || (reference !== undefined && !loadsFolder(reference)),
          )
        : handlers;
    if (method === 'register' && !interpreter.knowsPlugins(operation, path)) use.unfollowed.push('@fastify/autoload');
    const under = prefix === '' ? where : joinPaths(prefix, where);
    use.registrations.push({ method: kind, path: under, place, handlers: told, mounts, operation });
  };

  for (const object of interpreter.objects) {
    const use = useOf(object);
    const { context } = object;
    if (context !== undefined) {
      const { of, prefix, operation } = context;
      const place = { path: object.path, anchor: object.at };
      useOf(of).registrations.push({ method: 'use', path: prefix, place, handlers: [], mounts: [object], operation });
    }
    use.prefix = ownPrefix(object, evaluate);
    const given = object.args.flatMap((arg) => objectsIn(arg, object.path));
    if (object.kind === 'server') use.carries.push(...given);
    // Whoever reaches the server reaches its sockets.
    if (isSocketServer(object)) {
      use.isLocal = object.args.some((arg) => isLoopback(arg, object.path, evaluate));
      for (const carrier of given) useOf(carrier).carries.push(object);
    }
  }
  for (const [path, { operations, exports }] of files) {
    for (const operation of operations) {
      const { method, on, args } = operation;
      const receivers = evaluate(on, path);
      if (method === 'call') {
        const objects = args.flatMap((arg) => objectsIn(arg, path));
        if (objects.length > 0) handOver(receivers, on, objects, path);
        for (const thing of receivers) {
          if (thing.is !== 'package' || !ERROR_HANDLER.test(thing.reference)) continue;
          const handlers = reader.fromThing(thing, operation, path);
          const place = { path, anchor: operation.at };
          for (const object of objects) {
            useOf(object).registrations.push({ method: 'errors', path: '', place, handlers, mounts: [], operation });
          }
        }
        continue;
      }
      for (const thing of receivers) {
        if (thing.is === 'object') {
          if (method === 'listen') {
            startIn(useOf(thing.object), path);
            if (args.some((arg) => isLoopback(arg, path, evaluate))) useOf(thing.object).isLocal = true;
          } else register(thing.object, operation, path, thing.prefix ?? '');
        } else {
          const objects = args.flatMap((arg) => objectsIn(arg, path));
          if (objects.length > 0)
            handOver(
              [thing],
              on,
              objects.filter(({ kind }) => kind !== 'router'),
              path,
            );
        }
      }
    }
    const whole = exports['default'];
    // Bun, Deno and workers listen to what a module exports.
    for (const object of whole === undefined ? [] : objectsIn(whole, path)) {
      if (object.framework === 'hono' && object.kind === 'app') if (isEntry(path)) startIn(useOf(object), path);
    }
  }
  for (const use of [...uses.values()]) {
    if (!use.listens) continue;
    for (const object of use.carries) {
      for (const path of use.listensIn) startIn(useOf(object), path);
      useOf(object).isLocal ||= use.isLocal;
    }
  }
  return uses;
}

function startIn(use: ObjectUse, path: string): void {
  use.listens = true;
  use.listensIn.add(path);
}

function isEntry(path: string): boolean {
  return /\/(?:index|main|server|app|worker)\.[cm]?[jt]sx?$/.test(path);
}

function nameOf(value: Value): string {
  switch (value.is) {
    case 'import':
      return value.name || value.module;
    case 'member':
      return value.name;
    case 'call':
      return nameOf(value.callee);
    case 'unknown':
      return value.name ?? 'a value that cannot be told';
    default:
      return 'a value that cannot be told';
  }
}

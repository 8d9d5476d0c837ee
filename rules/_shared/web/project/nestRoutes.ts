import type { Controller, Decoration, WebFacts } from './facts.ts';
import type { Middleware, WebPlace, WebRoute } from './model.ts';
import type { NestPaths } from './nestPaths.ts';
import { CONCERN_PACKAGES, type Concern, concernsOfName } from './vocabulary.ts';

/** Decorators by which a route or controller is open to everybody whatever guards run for the rest: `@Public()`. */
const OPEN =
  /^(?:is|make|mark)?_?public(?:_?(?:route|api|endpoint|access))?$|^(?:allow|is)?_?(?:anonymous|guests?|anyone|everyone|unauth\w*)(?:_?access)?$|^(?:skip|no|without|bypass|disable|ignore|exclude|not?_?require)s?_?(?:jwt|global|api|access)?_?(?:auth\w*|guards?|login|jwt|token)\w*$/i;

/** Describes code, or reads it: says nothing of who may call. */
const SAYS_NOTHING = /^(?:@nestjs\/(?:swagger|common#(?!UseGuards|SetMetadata))|class-|typeorm|rxjs)/;

/** What modules of Nest run for every request, as middleware of the application. */
export function nestGuards(own: readonly (readonly [string, WebFacts])[], place: WebPlace): readonly Middleware[] {
  return own.flatMap(([, { guards, applied }]) =>
    guards.map((name) => ({
      ...decorated([name], concernsOf([name]), place),
      mayAnswer: applied.includes(name) && mayAnswer(name, own),
    })),
  );
}

/** Whether middleware of this name may answer itself: a class with a method `use`, or a function. */
function mayAnswer(name: string, own: readonly (readonly [string, WebFacts])[]): boolean {
  const found = own.flatMap(([, { functions }]) => functions[`${name}.use`] ?? functions[name] ?? []);
  return found.length === 0 || found.some(({ answers, ends }) => answers === true || ends === true);
}

/** Routes of the controllers of one file, with their guards. */
export function nestRoutes(
  path: string,
  { controllers }: WebFacts,
  middleware: readonly Middleware[],
  pathOf: NestPaths,
): readonly WebRoute[] {
  return controllers.flatMap((controller) =>
    controller.routes.map((route): WebRoute => {
      const place = { path, anchor: route.at };
      const decorators = [...controller.decorators, ...route.decorators];
      return {
        method: route.method,
        path: pathOf(controller, route, path),
        place,
        middleware: [...middleware, ...decorators.map((one) => guardOf(one, place)), ...inherited(controller, place)],
        handler: undefined,
        isPublic: decorators.some(isOpen),
        order: [],
        maybe: false,
      };
    }),
  );
}

function isOpen({ reference, given }: Decoration): boolean {
  const name = nameOf(reference);
  return OPEN.test(name) || given.some((one) => OPEN.test(one) || (/auth/i.test(name) && /^none$/i.test(one)));
}

/** A decorator as middleware. */
function guardOf({ reference, given }: Decoration, place: WebPlace): Middleware {
  if (SAYS_NOTHING.test(reference)) return decorated([reference], [], place, reference);
  const isGuards = nameOf(reference) === 'UseGuards';
  const names = isGuards ? given : [nameOf(reference), ...given];
  const packages = (Object.keys(CONCERN_PACKAGES) as readonly Concern[]).filter((concern) =>
    CONCERN_PACKAGES[concern].test(reference.split('#')[0] ?? ''),
  );
  const isPackage = /^(?:@[\w-]+\/)?[\w-]+#/.test(reference);
  const concerns = new Set([...packages, ...concernsOf(names)]);
  // A decorator of the project may put guards together.
  const isUnknown = concerns.size === 0 && (isGuards || !isPackage);
  return { ...decorated(names, [...concerns], place, reference), isUnknown };
}

/** Guards of a class that a controller extends count for it; they are not followed. */
function inherited(controller: Controller, place: WebPlace): readonly Middleware[] {
  return controller.extends ? [{ ...decorated(['a class that it extends'], [], place), isUnknown: true }] : [];
}

/** Limiters of Nest are guards as well. */
function concernsOf(names: readonly string[]): readonly Concern[] {
  return names.flatMap((name) => {
    const concerns = concernsOfName(name);
    return concerns.includes('limit') ? concerns.filter((one) => one !== 'auth') : concerns;
  });
}

function decorated(
  names: readonly string[],
  concerns: readonly Concern[],
  place: WebPlace,
  reference?: string,
): Middleware {
  return {
    place,
    path: '',
    reference: reference?.includes('#') === true ? reference : undefined,
    names,
    concerns: new Set(concerns),
    known: new Set(),
    hints: new Set(),
    isUnknown: false,
    takesErrors: false,
    takesSocket: false,
    ends: false,
    mayAnswer: false,
    maybe: false,
    order: [],
  };
}

function nameOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('#') + 1);
}

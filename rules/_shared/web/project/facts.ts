import type { Anchor } from '#api';
import type { Framework } from '../frameworks.ts';

/**
 * What makes up a service: an application listens or is mounted, a router is mounted, a server carries an application. Servers
 * of sockets are told apart by the package that makes them.
 */
export type ThingKind = 'app' | 'router' | 'server' | SocketKind;

/** The package that a server of sockets is made with. */
export type SocketKind = 'socket.io' | 'ws';

/**
 * A value as one file writes it, with all locals replaced by what they stand for. What other files have to say is left open
 * (`import`, `parameter`) until the project is put together. Plain data without positions.
 */
export type Value =
  /** An export of another module; `name` is empty for the whole module, dotted for members of an export. */
  | { readonly is: 'import'; readonly module: string; readonly name: string }
  /** An application, router or server made here. Its anchor tells it from others of the file. */
  | {
      readonly is: 'made';
      readonly at: Anchor;
      readonly kind: ThingKind;
      readonly framework: Framework;
      /** Key of the named function that makes it; empty at the top of the file. */
      readonly in: string;
      /** What the maker was given: the application that a server carries. */
      readonly args: readonly Value[];
    }
  /** A function of this file, by its key in {@link WebFacts.functions}. */
  | { readonly is: 'function'; readonly key: string }
  | { readonly is: 'class'; readonly key: string }
  /** What callers hand to a function of this file. */
  | { readonly is: 'parameter'; readonly key: string; readonly index: number }
  /** A field of a class of this file, `App.server`. */
  | { readonly is: 'field'; readonly key: string }
  | {
      readonly is: 'call';
      readonly callee: Value;
      readonly args: readonly Value[];
      /** The variable that holds the result. */
      readonly as?: string;
    }
  | { readonly is: 'member'; readonly of: Value; readonly name: string }
  /** The same application, where what is registered begins with a path: `app.basePath('/api')`. */
  | { readonly is: 'under'; readonly of: Value; readonly path: Value }
  /** Any item of a list, inside a loop over it. */
  | { readonly is: 'each'; readonly of: Value }
  | { readonly is: 'list'; readonly items: readonly Value[] }
  | { readonly is: 'either'; readonly of: readonly Value[] }
  | { readonly is: 'object'; readonly members: Readonly<Record<string, Value>> }
  /** A text; parts that are not constant are `*`. */
  | { readonly is: 'text'; readonly text: string }
  /** Anything else; `name` is what the code calls it. */
  | { readonly is: 'unknown'; readonly name?: string };

/**
 * What code does that tells what it is for: sets headers that browsers obey, limits, knows the user, asks from which site a
 * request comes or who is at the other end of a socket, refuses (answers 401 or 403, or asks where the program runs), answers
 * with its whole environment, or reads what a client sent.
 */
export type Hint = 'headers' | 'limit' | 'auth' | 'csrf' | 'signature' | 'socket' | 'refusal' | 'environment' | 'body';

/** What is kept of a function that others name. */
export interface FunctionFacts {
  /** Number of parameters: Express takes four for a handler of errors. */
  readonly parameters: number;
  /** It is given a socket, and what it asks of it is among the hints of its file. */
  readonly takesSocket?: true;
  /** Takes an error first. */
  readonly takesError?: true;
  /** As a handler of Express it lets no request go on to what is registered behind it. */
  readonly ends?: true;
  /** As what runs before other handlers it may answer requests itself, other than by refusing them. */
  readonly answers?: true;
  readonly returns?: readonly Value[];
  readonly hints?: readonly Hint[];
}

/** One thing done with an application, router or server, or with a function that is given one. */
export interface Operation {
  /** Key of the named function it stands in; empty at the top of the file. */
  readonly in: string;
  /** Method as written, `call` for the call of a function. */
  readonly method: string;
  /** What the method is called on, or the function that is called. */
  readonly on: Value;
  /** Path of a registration; `undefined` for all paths. */
  readonly path?: string;
  /** What the path is read from where this file alone does not tell it. */
  readonly where?: Value;
  readonly args: readonly Value[];
  readonly at: Anchor;
  /** Done under a condition. */
  readonly maybe?: true;
  /** Number of times its function waits for something before. */
  readonly awaits?: number;
  /** The callback it stands in that is not called where it stands; `isLater` for those that promises call. */
  readonly callback?: { readonly id: number; readonly isLater: boolean };
  /** Whether its function waits until it is done, or goes on meanwhile; `undefined` where that cannot be told. */
  readonly flow?: 'awaited' | 'detached';
}

/** What one file contributes to the web model. */
export interface WebFacts {
  readonly exports: Readonly<Record<string, Value>>;
  /** Modules of which all exports are handed on. */
  readonly stars: readonly string[];
  readonly functions: Readonly<Record<string, FunctionFacts>>;
  /** What fields of classes hold, by `Class.field`. */
  readonly fields: Readonly<Record<string, readonly Value[]>>;
  /** In the order in which a function does them. */
  readonly operations: readonly Operation[];
  /** Packages that have to do with a concern of services (headers, limits, health …), as imported. */
  readonly packages: readonly string[];
  /** Texts that look like paths of health checks. */
  readonly healthPaths: readonly string[];
  /** Concerns that something in the file shows. */
  readonly hints: readonly Hint[];
  readonly controllers: readonly Controller[];
  /** Gateways of Nest, which answer sockets. */
  readonly gateways: readonly Anchor[];
  /** Names of guards and middleware that modules of Nest run for every request: `APP_GUARD`, `consumer.apply(…)`. */
  readonly guards: readonly string[];
  /** Those of them that are middleware, from `consumer.apply(…)`. */
  readonly applied: readonly string[];
}

/** A decorator as it is written: `@UseGuards(JwtGuard)`. */
export interface Decoration {
  /** What it refers to, `@nestjs/common#UseGuards`; its name where that cannot be told. */
  readonly reference: string;
  /** What it is given: names, members and texts; `new Guard()` and `guard()` by the name of what is called. */
  readonly given: readonly string[];
}

/** A controller of Nest. */
export interface Controller {
  readonly name: string;
  readonly path: Value;
  /** Of the interface, where the decorator of the class tells one. */
  readonly version?: Value;
  readonly at: Anchor;
  /** It extends another class, whose decorators count for it. */
  readonly extends?: true;
  /** Decorators of the class. */
  readonly decorators: readonly Decoration[];
  readonly routes: readonly {
    readonly method: string;
    readonly path: Value;
    readonly at: Anchor;
    readonly decorators: readonly Decoration[];
  }[];
}

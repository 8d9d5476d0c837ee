import type { Anchor } from '#api';
import type { PackageFacts } from '../../project/packageFacts.ts';
import type { Framework } from '../frameworks.ts';
import type { Hint, SocketKind } from './facts.ts';
import type { Order } from './order.ts';
import type { Concern } from './vocabulary.ts';

/** A place in a file's web facts, to report at: `ctx.report({ ...place, facet: webFacet }, …)`. */
export interface WebPlace {
  readonly path: string;
  readonly anchor: Anchor;
}

/** A package of the workspace that runs web applications, with all that rules about services ask. */
export interface WebService {
  /** Folder of its package.json; the workspace's folder when there is none. */
  readonly folder: string;
  readonly package: PackageFacts | undefined;
  /** A program for people's own machines starts it or ships it. */
  readonly isPartOfDesktop: boolean;
  /** Applications that listen and are mounted in no other one. */
  readonly apps: readonly WebApp[];
  /** Servers of sockets, alone or beside the applications. */
  readonly sockets: readonly WebSockets[];
  /** Concerns for which a file of the package, or of one it is built from, imports what takes care of them, used or not. */
  readonly imports: ReadonlySet<Concern>;
  /** Concerns that code of the package takes care of by hand, wherever: it sets such headers, answers 429, reads tokens. */
  readonly hints: ReadonlySet<Hint>;
  /** Texts in its files that look like paths of health checks. */
  readonly healthPaths: readonly string[];
}

/** An application that listens, with everything registered on it and on what is mounted in it, across files. */
export interface WebApp {
  readonly framework: Framework;
  readonly place: WebPlace;
  /** Path of the file that makes it, from the workspace's folder: for messages. */
  readonly localPath: string;
  /** In the order of their registration as far as that is known; routers' routes stand where they are mounted. */
  readonly routes: readonly WebRoute[];
  /** What runs for many routes: on the application itself and on what is mounted in it. */
  readonly middleware: readonly Middleware[];
  /** Handlers of errors, of the application itself and of its routers. */
  readonly errorHandlers: readonly Middleware[];
  /** It listens to the machine that it runs on, and to nobody else. */
  readonly isLocal: boolean;
  /** Files that make it listen. */
  readonly listensIn: readonly string[];
  /** What the application is handed to outside the project, as package references: `socket.io#Server`. */
  readonly handedTo: readonly string[];
  /**
   * What could not be followed: names of code that may register anything. While it is not empty nobody can say that
   * something is missing.
   */
  readonly unfollowed: readonly string[];
}

/** A server of sockets. */
export interface WebSockets {
  /** Package that makes it; `nest` for a gateway of Nest. */
  readonly kind: SocketKind | 'nest';
  readonly place: WebPlace;
  /** Path of the file that makes it, from the workspace's folder: for messages. */
  readonly localPath: string;
  /** Places that handle connections. */
  readonly connections: readonly WebPlace[];
  /** What runs before a connection stands. */
  readonly middleware: readonly Middleware[];
  /** Its options name a function that lets clients in, or cannot be seen. */
  readonly mayRefuse: boolean;
  readonly isLocal: boolean;
  /** What could not be followed, as of {@link WebApp}. */
  readonly unfollowed: readonly string[];
}

/** A route of an application. */
export interface WebRoute {
  /** Lower case; `all` for every method. */
  readonly method: string;
  /** With the prefixes of all mounts; `*` stands for parts that are not constant. */
  readonly path: string;
  readonly place: WebPlace;
  /**
   * All that runs before the handler and for it: of the application, of routers, of mounts, of the route. What is known to be
   * registered behind the route is not among it.
   */
  readonly middleware: readonly Middleware[];
  /** The handler itself, as the last function of the route. */
  readonly handler: Middleware | undefined;
  /** The code says that everybody may call it: `@Public()`. */
  readonly isPublic: boolean;
  /** When it is registered: ask `comesBefore`. */
  readonly order: Order;
  /** It, or a router that it is on, is registered under a condition. */
  readonly maybe: boolean;
}

/** A place where a function is written: a file and the function's own name. */
export interface Definition {
  readonly path: string;
  readonly name: string;
}

/** One function that runs for requests. */
export interface Middleware {
  readonly place: WebPlace;
  /** Path under which it was registered, with prefixes; empty for all. */
  readonly path: string;
  /** Package it comes from, `helmet` or `passport#authenticate`; `undefined` for code of the project. */
  readonly reference: string | undefined;
  /** What it is called, on the way from its definition to its registration; for messages take the last. */
  readonly names: readonly string[];
  /** Where it may be written: files of the project with the last name it has there, empty for one written in place. */
  readonly definitions?: readonly Definition[];
  /** What it takes care of by what is known of it; a guess by its name counts. */
  readonly concerns: ReadonlySet<Concern>;
  /** The part of it that is no guess: by its package, by what its code does, or because airworthy.json says so. */
  readonly known: ReadonlySet<Concern>;
  /** What its code does, as far as hints tell. */
  readonly hints: ReadonlySet<Hint>;
  /** Nobody can tell what runs here. */
  readonly isUnknown: boolean;
  /** Handles errors: registered as such, or Express would take it for one. */
  readonly takesErrors: boolean;
  /** Code of the project that is given a socket; what it asks for is among the hints of the service. */
  readonly takesSocket: boolean;
  /** In Express no request gets past it: it always answers, or hands on an error. */
  readonly ends: boolean;
  /** It may answer requests itself, other than by refusing them; true where nobody can tell, as of any package. */
  readonly mayAnswer: boolean;
  /** Registered under a condition. */
  readonly maybe: boolean;
  /** When it is registered: ask `comesBefore`. Empty where the order does not matter. */
  readonly order: Order;
}

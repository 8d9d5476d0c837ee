import type { Anchor } from '#api';
import type { Framework } from '../frameworks.ts';
import type { Operation, ThingKind, Value } from './facts.ts';

/** An application, router or server of the project. */
export interface WebObject {
  readonly kind: ThingKind;
  readonly framework: Framework;
  /** File and place where it is made. */
  readonly path: string;
  readonly at: Anchor;
  /** Key of the named function that makes it; empty at the top of the file. */
  readonly in: string;
  /** What the maker was given. */
  readonly args: readonly Value[];
  /** Set for what a plugin of Fastify is given instead of the application: what it registers there is its own. */
  readonly context?: Context;
}

/** A part of an application that one registration opens. */
export interface Context {
  readonly of: WebObject;
  readonly prefix: string;
  /** Tells it from others that the same registration opens in the same application. */
  readonly name: string;
  /** What opens it, in the file of the object's path. */
  readonly operation: Operation;
}

/** Whether it answers sockets: such a server has no routes. */
export function isSocketServer({ kind }: WebObject): boolean {
  return kind === 'socket.io' || kind === 'ws';
}

/** What a value turns out to be once the files of the project are put together. */
export type Thing = {
  /** Names on the way to it: exports as `/path/module#name`, and local ones. */
  readonly trail: readonly string[];
} & (
  | {
      readonly is: 'object';
      readonly object: WebObject;
      /** What paths of registrations begin with when they are made through it. */
      readonly prefix?: string;
    }
  /**
   * A function of the project of which something is told. One that `isShared` is a plugin that is given the application of
   * whoever registers it.
   */
  | { readonly is: 'function'; readonly path: string; readonly key: string; readonly isShared?: true }
  | { readonly is: 'class' | 'instance'; readonly path: string; readonly key: string }
  /** Another export of a project file: it fills no application, and no package that matters is imported where it stands. */
  | { readonly is: 'opaque'; readonly path: string }
  | { readonly is: 'module'; readonly path: string }
  /** An export of a package, and what comes from calling it. */
  | { readonly is: 'package' | 'product'; readonly reference: string }
  /** An object literal of a file. */
  | { readonly is: 'members'; readonly path: string; readonly members: Readonly<Record<string, Value>> }
  | { readonly is: 'text'; readonly text: string }
  /** Cannot be told. */
  | { readonly is: 'unknown' }
);

/** Tells applications, routers and servers apart. */
export function objectId({ path, at, context }: WebObject): string {
  return context === undefined ? `${path}@${at}` : `${path}@${at} ${context.name} in ${objectId(context.of)}`;
}

/** Tells whether two things are the same, however they were reached. */
export function identity(thing: Thing): string {
  switch (thing.is) {
    case 'object':
      return `object ${objectId(thing.object)} ${thing.prefix ?? ''}`;
    case 'function':
    case 'class':
    case 'instance':
      return `${thing.is} ${thing.path}#${thing.key}`;
    case 'package':
    case 'product':
      return `${thing.is} ${thing.reference}`;
    case 'text':
      return `text ${thing.text}`;
    case 'members':
      return `members ${thing.path} ${JSON.stringify(thing.members)}`;
    case 'opaque':
    case 'module':
      return `${thing.is} ${thing.path} ${thing.trail.at(-1) ?? ''}`;
    case 'unknown':
      return `unknown ${thing.trail.at(-1) ?? ''}`;
  }
}

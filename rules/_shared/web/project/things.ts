import type { Anchor } from '#api';
import type { Framework } from '../frameworks.ts';
import type { ThingKind, Value } from './facts.ts';

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
  | { readonly is: 'object'; readonly object: WebObject }
  /** A function of the project of which something is told. */
  | { readonly is: 'function'; readonly path: string; readonly key: string }
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

/** Tells whether two things are the same, however they were reached. */
export function identity(thing: Thing): string {
  switch (thing.is) {
    case 'object':
      return `object ${thing.object.path}@${thing.object.at}`;
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

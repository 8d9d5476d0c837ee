import type { Value, WebFacts } from './facts.ts';
import { NOT_CONSTANT } from './paths.ts';
import type { Thing } from './things.ts';

/** A part of an application that is opened for a plugin. */
export interface Opened {
  /** Tells it from others of the same registration. */
  readonly name: string;
  readonly prefix: string;
}

/** A function that Fastify calls with an application, or with a part of it. */
export interface Plugin {
  readonly function: Extract<Thing, { readonly is: 'function' }>;
  /** From the outside inwards; empty for a plugin that shares what it is registered on. */
  readonly within: readonly Opened[];
}

/** What plugins are read with. */
export interface PluginSource {
  readonly files: ReadonlyMap<string, WebFacts>;
  evaluate(value: Value, path: string): readonly Thing[];
  /** What importing a file without naming an export brings. */
  exportOf(path: string): readonly Thing[];
}

/** `{ prefix: '/api' }`. */
export function prefixIn(options: Value | undefined, path: string, { evaluate }: PluginSource): string {
  if (options === undefined) return '';
  for (const thing of evaluate(options, path)) {
    const prefix = thing.is === 'members' ? thing.members['prefix'] : undefined;
    if (prefix !== undefined && thing.is === 'members')
      return constantText(evaluate(prefix, thing.path)) ?? NOT_CONSTANT;
  }
  return '';
}

/** The text that a value is whatever happens; several are parted by `|`. */
export function constantText(things: readonly Thing[]): string | undefined {
  const texts = things.map((thing) => (thing.is === 'text' ? thing.text : undefined));
  return texts.length > 0 && texts.every((text) => text !== undefined) ? [...new Set(texts)].join('|') : undefined;
}

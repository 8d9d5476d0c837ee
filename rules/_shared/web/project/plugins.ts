import { autoloadedPlugins } from './autoload.ts';
import type { Operation } from './facts.ts';
import { type Opened, type Plugin, type PluginSource, prefixIn } from './pluginSource.ts';
import { identity, type WebObject } from './things.ts';

/** Parts of parts of an application are followed so far. */
const MAX_DEPTH = 8;
/** A plugin that more parts of applications register is followed in these. */
const MAX_RECEIVERS = 50;

const AUTOLOAD = /^(?:@fastify\/autoload|fastify-autoload)(?:#|$)/;

/** Whether a registration hands an application to code that loads files by their folder. */
export function loadsFolder(reference: string): boolean {
  return AUTOLOAD.test(reference);
}

/** The plugins that `register(plugin, { prefix })` registers; `undefined` where a folder cannot be told. */
export function pluginsOf(
  { args: [plugin, options] }: Operation,
  path: string,
  source: PluginSource,
): readonly Plugin[] | undefined {
  if (plugin === undefined) return [];
  const plugins: Plugin[] = [];
  for (const thing of source.evaluate(plugin, path)) {
    if (thing.is === 'function') plugins.push(pluginOf(thing, prefixIn(options, path, source)));
    else if ((thing.is === 'package' || thing.is === 'product') && loadsFolder(thing.reference)) {
      const loaded = autoloadedPlugins(options, path, source);
      if (loaded === undefined) return undefined;
      plugins.push(...loaded);
    }
  }
  return plugins;
}

function pluginOf(fn: Plugin['function'], prefix: string): Plugin {
  return { function: fn, within: fn.isShared === true ? [] : [{ name: `${identity(fn)} ${prefix}`, prefix }] };
}

/**
 * Plugins of a registration with what each is given: a part of the application that is its own, or, where they share it, the
 * application itself.
 * @param known the object that stands for one that may have been met before
 */
export function pluggedIn(
  receivers: readonly { readonly object: WebObject }[],
  operation: Operation,
  path: string,
  source: PluginSource,
  known: (object: WebObject) => WebObject,
): readonly { readonly function: Plugin['function']; readonly at: WebObject }[] {
  if (receivers.length === 0) return [];
  return (pluginsOf(operation, path, source) ?? []).flatMap(({ function: fn, within }) =>
    receivers.slice(0, MAX_RECEIVERS).flatMap(({ object }) => {
      let at: WebObject | undefined = object;
      for (const opened of within) {
        const part: WebObject | undefined = at && contextOf(at, opened, operation, path);
        at = part && known(part);
      }
      return at === undefined ? [] : [{ function: fn, at }];
    }),
  );
}

/** The part of an application that is opened for a plugin; `undefined` where that has no end. */
function contextOf(of: WebObject, opened: Opened, operation: Operation, path: string): WebObject | undefined {
  let depth = 0;
  for (let up = of.context; up !== undefined; up = up.of.context) {
    if (++depth >= MAX_DEPTH || up.name === opened.name) return undefined;
  }
  const context = { ...opened, of, operation };
  return { kind: 'router', framework: of.framework, path, at: operation.at, in: operation.in, args: [], context };
}

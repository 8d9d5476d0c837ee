import type { ProjectContext } from '#api';
import { listSome } from '../../_shared/web/project/questions.ts';
import { inputFacet, type UncheckedHandler } from './inputFacet.ts';

/** Of an application with more of them each handler is no mistake of its own: nobody validates there. */
const MAX_SINGLE = 4;
/** Places that a finding names beside its own. */
const MAX_PLACES = 20;

export type InputContext = ProjectContext<'fields' | 'whole' | 'many' | 'unpiped', unknown>;

/** A handler that hands on what nobody looked at, however it is reached. */
export interface Open {
  readonly path: string;
  readonly handler: UncheckedHandler;
  /** `POST /users`. */
  readonly route: string;
}

/**
 * Reports the handlers of one application: a few of them one by one, each needs a schema of its own; many at once.
 * @param file what messages call the application
 */
export function reportHandlers(open: readonly Open[], file: string, ctx: InputContext): void {
  const [first, ...others] = open;
  if (first === undefined) return;
  if (open.length <= MAX_SINGLE) {
    for (const one of open) reportHandler(one, ctx);
    return;
  }
  const places = others
    .slice(0, MAX_PLACES)
    .map(({ path, handler, route }) => ({ path, anchor: handler.at, facet: inputFacet, label: `${route} as well.` }));
  const data = {
    count: open.length,
    file,
    sinks: [...new Set(open.map(({ handler }) => handler.sink))].sort().join(' and '),
    list: listSome(open.map(({ route }) => route)),
  };
  ctx.report({ path: first.path, facet: inputFacet, anchor: first.handler.at }, 'many', data, places);
}

function reportHandler({ path, handler, route }: Open, ctx: InputContext): void {
  const { call, part, sink, fields, at } = handler;
  const place = { path, facet: inputFacet, anchor: at };
  const data = { call, part, sink, route };
  if (fields.length === 0) ctx.report(place, 'whole', data);
  else ctx.report(place, 'fields', { ...data, fields: fields.join(', ') });
}

/** Handlers that Next.js finds by their files, by the folder that holds `app` or `pages`. */
export function nextHandlers(ctx: InputContext): ReadonlyMap<string, readonly Open[]> {
  const found = new Map<string, Open[]>();
  for (const { path, value } of ctx.all(inputFacet)) {
    for (const handler of value.handlers) {
      if (handler.answers === undefined) continue;
      const home = path.slice(ctx.root.length + 1).replace(/\/?(?:src\/)?(?:app|pages)\/.*$/, '');
      const name = home === '' || /^(?:src\/)?(?:app|pages)\//.test(home) ? 'this application' : home;
      found.set(name, [...(found.get(name) ?? []), { path, handler, route: handler.answers }]);
    }
  }
  return found;
}

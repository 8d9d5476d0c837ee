import type { Middleware, WebRoute } from './model.ts';

/** What messages call a function that runs for requests. */
export function handlerName({ names, reference }: Middleware): string {
  const name = names.findLast((one) => !one.includes('~'));
  // `json` alone says little.
  if (reference !== undefined && /^[\w-]+#\w+$/.test(reference) && reference.endsWith(`#${name}`)) {
    return reference.replace('#', '.');
  }
  return name === undefined ? 'This function' : name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('#')) + 1);
}

/**
 * Where the first or last of some routes is registered or mounted, beside the registration of some middleware: as an anchor
 * of its file; `undefined` when one of them is registered from another file.
 */
export function mountOf(
  routes: readonly WebRoute[],
  { place, order }: Pick<WebRoute, 'place' | 'order'>,
  which: 'first' | 'last',
): number | undefined {
  const moments = routes.flatMap((route) => route.order[order.length - 1] ?? []);
  if (moments.length < routes.length || moments.some((one) => one.place.path !== place.path)) return undefined;
  const sorted = moments.toSorted((a, b) => a.at - b.at);
  return sorted.at(which === 'first' ? 0 : -1)?.place.anchor;
}

/** Where a path begins, versions left out. */
const TOP = String.raw`^(?:/api)?(?:/v\d+)?`;

/** Segments of a path that tell what is behind it; words that only begin like them are something else. */
const DEBUG = [
  /(?:^|\/)(?:_*debug_*|heap-?dump|heap-?snapshot|phpinfo|dump-?env|env-?dump|internals)(?:\/|$)/i,
  new RegExp(`${TOP}/diagnostics$|${TOP}(?:/auth)?/dev/`, 'i'),
];
const DATA = [
  /(?:^|[/_-])(?:re-?seed|seed(?:er|ing)?(?:-?(?:db|database|data))?)(?:\/|$)/i,
  /(?:^|\/)(?:reset|wipe|clear|drop|truncate|nuke|purge|flush|init|populate)-?(?:db|database|tables)(?:\/|$)/i,
  /(?:^|\/)(?:db|database)\/(?:reset|seed|wipe|drop|init|sync|migrate)(?:\/|$)/i,
  // Deeper in a path these speak of somebody's own things: `/cart/clear-all`.
  new RegExp(`${TOP}/(?:reset|wipe|clear|drop|nuke|purge)-?(?:all|everything|data)(?:/|$)`, 'i'),
];

/** `POST /seed-events`; what is only read may be about seeds. */
const SEEDS_SOMETHING = /(?:^|\/)seed-[\w-]+(?:\/|$)/i;

/** What method and path say that a route is for. */
export function purposeOf(method: string, path: string): 'debug' | 'data' | undefined {
  if (DATA.some((words) => words.test(path)) || (method !== 'get' && SEEDS_SOMETHING.test(path))) return 'data';
  return DEBUG.some((words) => words.test(path)) ? 'debug' : undefined;
}

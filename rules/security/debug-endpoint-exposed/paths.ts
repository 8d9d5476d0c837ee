/** Words of a path that tell what is behind it. */
const DEBUG =
  /(?:^|[/_-])(?:_*debug_*|diagnostics?|heap-?dump|heap-?snapshot|phpinfo|dump-?env|env-?dump|internals)(?:[/_-]|$)|(?:^|\/)dev\//i;
const DATA =
  /(?:^|[/_-])(?:re-?seed|seed(?:er|ing)?(?:-?(?:db|database|data))?|(?:reset|wipe|clear|drop|truncate|nuke|purge|flush|init|populate)-?(?:db|database|all|everything|data|tables)|(?:db|database)\/(?:reset|seed|wipe|drop|init|sync|migrate))(?:[/_-]|$)/i;

/** What a path says that its route is for. */
export function purposeOf(path: string): 'debug' | 'data' | undefined {
  if (DATA.test(path)) return 'data';
  return DEBUG.test(path) ? 'debug' : undefined;
}

/** Modules that Node itself has. */
const BUILT_IN = new Set(
  (
    '_http_agent _http_client _http_common _http_incoming _http_outgoing _http_server _stream_duplex _stream_passthrough ' +
    '_stream_readable _stream_transform _stream_wrap _stream_writable _tls_common _tls_wrap assert async_hooks buffer ' +
    'child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http http2 https ' +
    'inspector module net os path perf_hooks process punycode querystring readline repl sea sqlite stream string_decoder ' +
    'sys test timers tls trace_events tty url util v8 vm wasi worker_threads zlib'
  ).split(' '),
);

/** `./x`, `../x`, `.`: a file of the project, by its place. */
export function isRelative(specifier: string): boolean {
  return /^\.\.?(?:\/|$)/.test(specifier);
}

/**
 * The package that a specifier names: `lodash` of `lodash/fp`, `@scope/name` of `@scope/name/part`. `undefined` for what no
 * package can be called: relative paths, modules of the runtime, URLs, subpaths (`#x`), and the usual aliases (`@/x`, `~/x`).
 */
export function packageOf(specifier: string): string | undefined {
  const name = /^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*(?=\/|$)/.exec(specifier)?.[0];
  if (name === undefined || name !== name.toLowerCase() || /[!?*\s]/.test(specifier)) return undefined;
  return BUILT_IN.has(name) ? undefined : name;
}

/**
 * Globals that rules may resolve. A closed list, so that the header's fingerprint needs to hold only these names when an
 * inner scope re-declares one.
 */
export const KNOWN_GLOBALS: ReadonlySet<string> = new Set(
  (
    'process console Buffer global globalThis window self document navigator location history localStorage sessionStorage ' +
    'setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate queueMicrotask requestAnimationFrame ' +
    'fetch Request Response Headers FormData Blob URL URLSearchParams AbortController AbortSignal WebSocket EventSource ' +
    'XMLHttpRequest Worker SharedWorker BroadcastChannel MessageChannel postMessage addEventListener removeEventListener ' +
    'parent top opener frames crypto performance structuredClone atob btoa eval Function Promise JSON Math Date Object Array ' +
    'Number BigInt Boolean String Symbol Map Set WeakMap WeakSet WeakRef Proxy Reflect RegExp Error TypeError RangeError ' +
    'parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent require module exports __dirname __filename ' +
    'describe it test expect suite context before after beforeAll afterAll beforeEach afterEach fit xit xtest fdescribe ' +
    'xdescribe jest vi chai sinon cy Deno Bun chrome acquireVsCodeApi'
  ).split(' '),
);

/** Names of the global object itself. */
export const GLOBAL_OBJECTS: ReadonlySet<string> = new Set(['globalThis', 'global', 'window', 'self']);

/** Modules that only give another name to a global. */
export const GLOBAL_MODULES: ReadonlySet<string> = new Set(['process', 'console']);

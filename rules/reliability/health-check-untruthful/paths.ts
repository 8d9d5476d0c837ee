/** Paths that say that a service can do its work. Those that say that the process lives have other names. */
const HEALTH =
  /(?:^|\/)(?:_?health(?:[-_]?check(?:er)?|[-_]?status|y)?|ready|readyz|readiness|health\/(?:ready|readiness|db|database|full|deep|status))\/?$/i;
const READY = /ready|readiness/i;

/** Whether a path promises that a service can do its work; `ready` when it says so in so many words. */
export function promiseOf(path: string): 'ready' | 'health' | undefined {
  if (!HEALTH.test(path)) return undefined;
  return READY.test(path) ? 'ready' : 'health';
}

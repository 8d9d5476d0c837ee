import type { Value } from './facts.ts';
import type { Thing } from './things.ts';

const LOOPBACK = /^(?:127\.0\.0\.1|localhost|::1)$/;

/** Whether a value is the address of the machine itself, given as such or as a member of options. */
export function isLoopback(
  value: Value,
  path: string,
  evaluate: (value: Value, path: string) => readonly Thing[],
): boolean {
  const things = evaluate(value, path);
  return (
    things.length > 0 &&
    things.every((thing) => {
      if (thing.is === 'text') return LOOPBACK.test(thing.text);
      const host = thing.is === 'members' ? (thing.members['host'] ?? thing.members['hostname']) : undefined;
      return host !== undefined && thing.is === 'members' && isLoopback(host, thing.path, evaluate);
    })
  );
}

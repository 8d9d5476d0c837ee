import type { Finding } from '#api';

/** What there is to say or do at one place, in the order in which a reader wants it: P0 first, else as it came. */
export function mostUrgentFirst<T>(things: readonly T[], findingOf: (thing: T) => Finding): readonly T[] {
  return [...things].sort((a, b) => findingOf(a).priority.localeCompare(findingOf(b).priority));
}

import type { WebPlace } from './model.ts';

/** When something is registered, as far as the run of the program can be followed. */
export interface Moment {
  /** Position among all that was followed. */
  readonly at: number;
  /** Counts what the program waits for: moments of the same number follow each other with nothing in between. */
  readonly turn: number;
  /** What registers there. */
  readonly place: WebPlace;
  /** Runs apart from the code around it: in a callback, or behind an `await` that nobody waits for. */
  readonly apart?: Apart;
}

/** Code that runs at another time than what stands around it, all of it in order. */
export interface Apart {
  readonly block: number;
  /** Runs once all is done that needs no waiting; otherwise nobody can tell when. */
  readonly isLater: boolean;
  /** The moment that led to it. */
  readonly from: { readonly at: number; readonly turn: number };
}

/** Moments from an application inwards: that of a mount, that of a registration on what is mounted. */
export type Order = readonly (Moment | undefined)[];

/**
 * Whether something is registered before something else, and so runs before it for the same request. `undefined` where
 * nobody can tell, and for what is registered at once.
 */
export function comesBefore(one: Order, other: Order): boolean | undefined {
  for (let level = 0; level < Math.min(one.length, other.length); level++) {
    const first = one[level];
    const second = other[level];
    if (first === undefined || second === undefined) return undefined;
    if (first !== second) return isEarlier(first, second);
  }
  return undefined;
}

function isEarlier(one: Moment, other: Moment): boolean | undefined {
  if (one.apart?.block === other.apart?.block) return one.at < other.at;
  if (one.apart !== undefined && other.apart !== undefined) return undefined;
  if (one.apart !== undefined) {
    const answer = isEarlier(other, one);
    return answer === undefined ? undefined : !answer;
  }
  const { apart } = other;
  if (apart?.isLater !== true) return undefined;
  // Without waiting in between the code around goes on to its end before anything that was put off.
  return one.at < apart.from.at || one.turn === apart.from.turn ? true : undefined;
}

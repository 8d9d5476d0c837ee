/** Lists that are longer are worth cutting. */
export const LONG = 64;
/** How many elements a stretch has, unless an edit moved its end. */
const LENGTH = 32;
/** A shorter one is made longer as soon as something stands behind it. */
const SHORTEST = 8;

interface Stretch<E, V> {
  readonly elements: readonly E[];
  readonly value: V;
}

/**
 * Cuts long lists into stretches and keeps what each comes to (cache: stretches). A key changes one element of a list that
 * may have thousands: all stretches but one are then those of before. Behind an element that came or went, cuts fall where
 * they fell before.
 */
export class Stretches<E extends object, V> {
  /** By first element; valid for the same elements alone. */
  private readonly kept = new WeakMap<E, Stretch<E, V>>();
  private readonly make: (elements: readonly E[]) => V;

  /** `make` may look at nothing but the elements, and what it answers may hold nothing that moves when others do. */
  constructor(make: (elements: readonly E[]) => V) {
    this.make = make;
  }

  /** What the stretches of a list come to, in its order. */
  of(list: readonly E[]): readonly V[] {
    const values: V[] = [];
    for (let at = 0; at < list.length; ) {
      const stretch = this.known(list, at) ?? this.cut(list, at);
      values.push(stretch.value);
      at += stretch.elements.length;
    }
    return values;
  }

  private known(list: readonly E[], at: number): Stretch<E, V> | undefined {
    const first = list[at];
    const stretch = first === undefined ? undefined : this.kept.get(first);
    if (stretch === undefined) return undefined;
    const { elements } = stretch;
    const end = at + elements.length;
    if (end > list.length || (elements.length < SHORTEST && end < list.length)) return undefined;
    for (let n = 1; n < elements.length; n++) if (list[at + n] !== elements[n]) return undefined;
    return stretch;
  }

  private cut(list: readonly E[], at: number): Stretch<E, V> {
    const end = this.endOf(list, at);
    const elements = list.slice(at, end);
    const stretch = { elements, value: this.make(elements) };
    const [first, ...others] = elements;
    if (first !== undefined) this.kept.set(first, stretch);
    // A stretch that began there before would keep alive what is no longer in the list.
    for (const element of others) this.kept.delete(element);
    return stretch;
  }

  /** Where the next known one begins, if that is near, so that all behind it are known as well. */
  private endOf(list: readonly E[], at: number): number {
    for (let next = at + SHORTEST; next < Math.min(at + LENGTH + SHORTEST, list.length); next++) {
      const element = list[next];
      if (element !== undefined && this.kept.has(element)) return next;
    }
    return Math.min(at + LENGTH, list.length);
  }
}

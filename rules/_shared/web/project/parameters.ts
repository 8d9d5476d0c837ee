import { identity, type Thing } from './things.ts';

/** What callers hand to the parameters of functions, all files put together. */
export interface Parameters {
  /** @param key of the function in its file */
  give(path: string, key: string, index: number, things: readonly Thing[]): void;
  of(path: string, key: string, index: number): readonly Thing[];
  /** Whether anything was given that was not known before; asked once, it is forgotten. */
  takeChange(): boolean;
}

/** Parameters of which nothing is known yet. */
export function parameters(): Parameters {
  const given = new Map<string, Map<string, Thing>>();
  let changed = false;
  return {
    give(path, key, index, things) {
      const name = `${path}#${key}#${index}`;
      let known = given.get(name);
      if (known === undefined) {
        known = new Map();
        given.set(name, known);
      }
      for (const thing of things) {
        const id = identity(thing);
        if (known.has(id)) continue;
        known.set(id, thing);
        changed = true;
      }
    },
    of: (path, key, index) => [...(given.get(`${path}#${key}#${index}`)?.values() ?? [])],
    takeChange() {
      const answer = changed;
      changed = false;
      return answer;
    },
  };
}

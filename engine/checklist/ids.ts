const MAX = 60;

/** Lower-case words joined by hyphens, for ids that stay when marks, emphasis and punctuation change. */
export function slug(title: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  let id = '';
  for (const word of words) {
    if (id !== '' && id.length + word.length + 1 > MAX) break;
    id += id === '' ? word.slice(0, MAX) : `-${word}`;
  }
  return id === '' ? 'untitled' : id;
}

/** Hands out ids; equal ones get `~2`, `~3` … in order. */
export class IdGiver {
  readonly #seen = new Map<string, number>();

  give(id: string): string {
    const count = (this.#seen.get(id) ?? 0) + 1;
    this.#seen.set(id, count);
    return count === 1 ? id : `${id}~${count}`;
  }
}

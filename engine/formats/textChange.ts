/** Between two texts: the characters from `start` to `oldEnd` of the one became those from `start` to `newEnd` of the other. */
export interface TextChange {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** The smallest change that makes one text of another. */
export function changeBetween(old: string, text: string): TextChange {
  const shorter = Math.min(old.length, text.length);
  let start = 0;
  while (start < shorter && old.charCodeAt(start) === text.charCodeAt(start)) start++;
  let behind = 0;
  while (
    behind < shorter - start &&
    old.charCodeAt(old.length - 1 - behind) === text.charCodeAt(text.length - 1 - behind)
  ) {
    behind++;
  }
  return { start, oldEnd: old.length - behind, newEnd: text.length - behind };
}

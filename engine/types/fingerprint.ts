/**
 * 53-bit hash of texts, for keys of caches: equal keys are taken to mean equal inputs. Not for anything an attacker gains
 * by a collision.
 */
export function fingerprint(...parts: readonly string[]): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (const part of parts) {
    for (let index = 0; index < part.length; index++) {
      const code = part.charCodeAt(index);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    // Marks where a part ends, so that ('ab', 'c') and ('a', 'bc') differ.
    a = Math.imul(a ^ 0x10000, 2654435761);
    b = Math.imul(b ^ 0x10000, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}

/** The lowest version that a plain range lets in: `^1.2.3`, `~1.2`, `>=1`, `1.x`; `undefined` for anything else. */
export function lowestVersion(range: string): readonly number[] | undefined {
  const match = /^(?:npm:)?[\^~]?(?:>=)?\s*v?(\d+)(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?(?:[-+][\w.-]+)?$/.exec(
    range.trim(),
  );
  return match?.slice(1).map((part) => (/^\d+$/.test(part ?? '') ? Number(part) : 0));
}

/** Whether all versions of a plain range are at least `version`; `undefined` when the range does not tell. */
export function isAtLeast(range: string, version: string): boolean | undefined {
  const lowest = lowestVersion(range);
  const bound = lowestVersion(version);
  if (lowest === undefined || bound === undefined) return undefined;
  for (const [index, part] of bound.entries()) {
    const own = lowest[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}

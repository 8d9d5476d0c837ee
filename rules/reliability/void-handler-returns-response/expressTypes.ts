import type { FileHeader } from '#api';

/**
 * Before version 5 the types of Express gave handlers the result `void`, which takes any value; version 5 made it
 * `void | Promise<void>`, which does not. Without a version in package.json the strict reading holds.
 */
export function expressTypesTakeAnyResult(header: FileHeader): boolean {
  const major = /^[\^~>=v\s]*(\d+)/.exec(header.dependency('@types/express') ?? '')?.[1];
  return major !== undefined && Number(major) < 5;
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Fingerprint of the bundle that is running: another one may find other things in the same text. */
export function programHash(program = process.argv[1] ?? ''): string {
  try {
    return createHash('sha1').update(readFileSync(program)).digest('hex');
  } catch {
    // Not started from a file: no two starts are alike.
    return `${process.pid} ${Date.now()}`;
  }
}

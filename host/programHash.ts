import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The bundle this is part of, which Node names to modules of its older kind alone; what was started loads it. */
const bundle = typeof __filename === 'string' ? __filename : (process.argv[1] ?? '');

/** Fingerprint of the bundle that is running: another one may find other things in the same text. */
export function programHash(program = bundle): string {
  try {
    return createHash('sha1').update(readFileSync(program)).digest('hex');
  } catch {
    // Not started from a file: no two starts are alike.
    return `${process.pid} ${Date.now()}`;
  }
}

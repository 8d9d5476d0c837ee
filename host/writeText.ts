import { randomUUID } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { looksBinary } from './binary.ts';

/** Why a text was not written; a sentence for the user. */
export interface NotWritten {
  readonly reason: string;
}

/**
 * Replaces a file's text as a whole or not at all: whoever reads it meanwhile sees the old or the new text, never a part.
 * Nothing happens when the file no longer holds `before`, is not UTF-8 (it could not be written back byte for byte) or may
 * not be written. Keeps the mode; links are followed and stay links. Never throws.
 */
export function replaceText(path: string, before: string, after: string): NotWritten | undefined {
  try {
    const target = realpathSync(path);
    const bytes = readFileSync(target);
    if (looksBinary(bytes) || !Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes)) {
      return { reason: 'it is not UTF-8 text, so other characters in it could be damaged' };
    }
    if (bytes.toString('utf8') !== before) return { reason: 'it was changed by another program meanwhile' };
    accessSync(target, constants.W_OK);
    writeWhole(target, after, statSync(target).mode);
    return undefined;
  } catch (error) {
    return { reason: systemReason(error) };
  }
}

/** Creates a file with the folders it needs; refuses when something is there already. Never throws. */
export function createText(path: string, text: string): NotWritten | undefined {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
    return undefined;
  } catch (error) {
    return { reason: systemReason(error) };
  }
}

function writeWhole(target: string, text: string, mode: number): void {
  // In the same folder: a rename across file systems would not be atomic.
  const temporary = join(dirname(target), `.airworthy-${randomUUID()}.tmp`);
  try {
    const file = openSync(temporary, 'wx', mode);
    try {
      writeFileSync(file, text, 'utf8');
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    // The process's umask may have taken bits away.
    chmodSync(temporary, mode);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function systemReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'it may not be written',
    EPERM: 'it may not be written',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    ENOENT: 'it is gone',
    EEXIST: 'there is already a file of that name',
  };
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}

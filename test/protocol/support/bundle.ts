import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('../../..', import.meta.url));
let bundle: string | undefined;

/** The server that users get. `npm run build` makes it, and `npm test` begins with that. */
export const shippedServer = join(root, 'dist/server.cjs');

/** The server with the test rules as one file, built once per process: starting it from sources takes a second more. */
export function serverBundle(): string {
  if (bundle !== undefined) return bundle;
  const folder = mkdtempSync(join(tmpdir(), 'airworthy-server-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  bundle = join(folder, 'server.cjs');
  buildSync({
    absWorkingDir: root,
    entryPoints: ['test/protocol/support/server.ts'],
    outfile: bundle,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    // Some packages' main file requires parts of itself in ways that cannot be bundled.
    mainFields: ['module', 'main'],
    target: 'node20',
    logLevel: 'error',
  });
  return bundle;
}

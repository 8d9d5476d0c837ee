/**
 * `node bench/bundled.mjs <name> [options]`: runs `bench/<name>.ts` as one bundle, as users run the engine. Loaded from
 * sources each function would carry a call that keeps its name, which costs rules as much as a tenth of their time.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const [name = '', ...options] = process.argv.slice(2);
const root = fileURLToPath(new URL('..', import.meta.url));
// Beside the sources: what it says about its own place has to stay true.
const bundle = fileURLToPath(new URL(`${name}.bundle.mjs`, import.meta.url));
buildSync({
  absWorkingDir: root,
  entryPoints: [`bench/${name}.ts`],
  outfile: bundle,
  bundle: true,
  format: 'esm',
  packages: 'external',
  platform: 'node',
  target: 'node20',
  logLevel: 'error',
});
try {
  const { status } = spawnSync(process.execPath, [bundle, ...options], { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(bundle, { force: true });
}

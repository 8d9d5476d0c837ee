import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { project } from '../../../scripts/vscode/install.ts';

const suites = join(project, 'test', 'e2e', 'suite');

/** Compiles one folder of tests for the extension host; answers the module whose `run` is to be called. */
export async function bundleSuite(name: string): Promise<string> {
  const outdir = join(project, 'out', 'e2e', 'suite', name);
  const tests = readdirSync(join(suites, name)).filter((file) => file.endsWith('.test.ts'));
  await build({
    absWorkingDir: project,
    entryPoints: [
      { in: join(suites, 'index.ts'), out: 'index' },
      ...tests.map((file) => ({ in: join(suites, name, file), out: basename(file, '.ts') })),
    ],
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return join(outdir, 'index.cjs');
}

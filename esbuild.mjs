/**
 * Builds `dist/`: `node esbuild.mjs [--production] [--watch]`.
 *
 * Two modules are shared by several bundles and stay files of their own: the TypeScript compiler, which is most of the
 * code and must exist once per process, and what is only needed on request (ts-morph, the rules' pages, reports).
 */
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, context } from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const root = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

/** Files that other bundles load at run time instead of containing them, by what their imports resolve to. */
const shared = {
  [require.resolve('@ts-morph/common')]: 'dist/vendor/ts.cjs',
  [require.resolve('ts-morph')]: 'dist/vendor/ts-morph.cjs',
  [join(root, 'rules/docs.generated.ts')]: 'dist/ruleDocs.cjs',
  [join(root, 'report/index.ts')]: 'dist/report.cjs',
};

/** Points imports of shared modules to their files. */
const loadShared = {
  name: 'load-shared',
  setup({ initialOptions, onResolve, resolve }) {
    const entry = join(root, initialOptions.entryPoints[0]);
    const folder = dirname(join(root, initialOptions.outfile));
    onResolve({ filter: /^@ts-morph\/common$|^ts-morph$|docs\.generated\.ts$|report\/index\.ts$/ }, async (args) => {
      if (args.kind === 'entry-point' || args.pluginData === 'resolving') return;
      const { path, errors } = await resolve(args.path, {
        importer: args.importer,
        kind: args.kind,
        resolveDir: args.resolveDir,
        pluginData: 'resolving',
      });
      if (errors.length > 0) return { errors };
      const file = shared[path];
      if (!file || path === entry) return { path };
      return { path: `./${relative(folder, join(root, file)).replaceAll('\\', '/')}`, external: true };
    });
  },
};

const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  // UMD builds, which some packages name as `main`, load their parts in ways no bundler sees.
  mainFields: ['module', 'main'],
  target: 'node20',
  // Node sees none of the names in a bundled CommonJS file that is imported; required, they are all there.
  supported: { 'dynamic-import': false },
  minify: production,
  sourcemap: !production,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  plugins: [loadShared],
};

/** Keeps compiled code between runs where Node can (22 and later): most of the start-up time is compiling. */
const compileCache = 'require("node:module").enableCompileCache?.();';

const bundles = [
  { ...common, entryPoints: ['client/extension.ts'], outfile: 'dist/client.cjs', external: ['vscode'] },
  { ...common, entryPoints: ['server/main.ts'], outfile: 'dist/server.cjs', banner: { js: compileCache } },
  {
    ...common,
    entryPoints: ['cli/main.ts'],
    outfile: 'dist/cli.cjs',
    banner: { js: `#!/usr/bin/env node\n${compileCache}` },
  },
  { ...common, entryPoints: ['rules/docs.generated.ts'], outfile: 'dist/ruleDocs.cjs' },
  { ...common, entryPoints: ['report/index.ts'], outfile: 'dist/report.cjs' },
  {
    ...common,
    entryPoints: [relative(root, require.resolve('@ts-morph/common'))],
    outfile: 'dist/vendor/ts.cjs',
    minify: true,
    sourcemap: false,
  },
  {
    ...common,
    entryPoints: [relative(root, require.resolve('ts-morph'))],
    outfile: 'dist/vendor/ts-morph.cjs',
    minify: true,
    sourcemap: false,
  },
];

/**
 * Fails for code that would not run where it is installed: a package's build for browsers, which lacks what the one for
 * Node has, or an import of a package, of which the installed ones have none.
 */
function refuseStrangers(metafiles) {
  // In the compiler and in a part of ts-morph, inside a `try`: they go on without.
  const optional = new Set(['source-map-support']);
  const isThere = (path) => isBuiltin(path) || path === 'vscode' || optional.has(path) || path.startsWith('./');
  for (const { inputs, outputs } of metafiles) {
    const browser = Object.keys(inputs).filter((input) => /node_modules\/.*\bbrowser\b/.test(input));
    const missing = Object.values(outputs).flatMap(({ imports }) =>
      imports
        .filter(({ external, kind, path }) => external && kind !== 'require-resolve' && !isThere(path))
        .map(({ path }) => path),
    );
    if (browser.length > 0) throw new Error(`Builds for browsers were bundled: ${browser.join(', ')}`);
    if (missing.length > 0) throw new Error(`Imported, but not part of the package: ${missing.join(', ')}`);
  }
}

/** Writes the licences of every package whose code went into a bundle. */
async function writeNotices(metafiles) {
  const folders = new Set();
  for (const input of metafiles.flatMap((metafile) => Object.keys(metafile.inputs))) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
    if (folder) folders.add(folder);
  }
  const notices = await Promise.all(
    [...folders].sort().map(async (folder) => {
      const { name, version, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
      const files = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'License.txt', 'LICENCE', 'license'];
      const texts = await Promise.all(files.map((file) => readFile(join(root, folder, file), 'utf8').catch(() => '')));
      return `${name} ${version} (${license})\n\n${texts.find(Boolean)?.trim() ?? ''}`;
    }),
  );
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  await writeFile(
    join(root, 'dist/THIRD_PARTY_NOTICES.txt'),
    `Airworthy contains code of these packages.${rule}${notices.join(rule)}\n`,
  );
}

async function main() {
  if (watch) {
    const contexts = await Promise.all(bundles.map((options) => context({ ...options, logLevel: 'info' })));
    await Promise.all(contexts.map((one) => one.watch()));
    return;
  }
  await rm(join(root, 'dist'), { recursive: true, force: true });
  const results = await Promise.all(bundles.map((options) => build(options)));
  refuseStrangers(results.map((result) => result.metafile));
  await chmod(join(root, 'dist/cli.cjs'), 0o755);
  await writeNotices(results.map((result) => result.metafile));
}

main().catch((error) => {
  // What is wrong with the code esbuild has printed, in full.
  if (error?.errors === undefined) console.error(error);
  process.exitCode = 1;
});

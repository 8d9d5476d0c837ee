/**
 * Builds `dist/`: `node esbuild.mjs [--production] [--watch]`.
 *
 * Modules that several bundles share stay files of their own: the TypeScript compiler, which is most of the code and must
 * exist once per process, and what is only needed on request (its library's texts, ts-morph, the rules' pages, reports).
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
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

/** Where the compiler's package keeps the texts of `lib.*.d.ts`: nearly half of it, and projects mostly have their own. */
const LIB_FILES = /const libFiles = (\[\{.*?\n {4}\}\]);/s;

/** Moves these texts into a file that is read when somebody asks for them. */
const loadLibFilesLate = {
  name: 'load-lib-files-late',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /[/\\]ts-morph-common\.js$/ }, async ({ path }) => {
      const code = await readFile(path, 'utf8');
      const texts = LIB_FILES.exec(code)?.[1];
      if (texts === undefined || !code.includes('return libFiles;')) throw new Error(`${path} has no libFiles`);
      await mkdir(join(root, 'dist/vendor'), { recursive: true });
      await writeFile(join(root, 'dist/vendor/libFiles.cjs'), `module.exports = ${texts};\n`);
      return {
        contents: code.replace(LIB_FILES, '').replace('return libFiles;', 'return require("./libFiles.cjs");'),
        loader: 'js',
      };
    });
    onResolve({ filter: /^\.\/libFiles\.cjs$/ }, ({ path }) => ({ path, external: true }));
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

/**
 * What people and editors start, and what it runs. Keeps compiled code between runs where Node can (22 and later), because
 * most of the start-up time is compiling; a file's own code only counts when the cache is on before the file is read. A
 * server is often ended without being asked, so it does not wait for its end with writing the cache.
 */
const keepCode = 'const { enableCompileCache, flushCompileCache } = require("node:module");\nenableCompileCache?.();\n';
const launchers = {
  'dist/cli.cjs': `#!/usr/bin/env node\n${keepCode}require("./cliMain.cjs");\n`,
  'dist/server.cjs': `${keepCode}require("./serverMain.cjs");\nif (flushCompileCache) setTimeout(flushCompileCache, 10_000).unref();\n`,
};

const bundles = [
  { ...common, entryPoints: ['client/extension.ts'], outfile: 'dist/client.cjs', external: ['vscode'] },
  { ...common, entryPoints: ['server/main.ts'], outfile: 'dist/serverMain.cjs' },
  { ...common, entryPoints: ['cli/main.ts'], outfile: 'dist/cliMain.cjs' },
  { ...common, entryPoints: ['rules/docs.generated.ts'], outfile: 'dist/ruleDocs.cjs' },
  { ...common, entryPoints: ['report/index.ts'], outfile: 'dist/report.cjs' },
  {
    ...common,
    entryPoints: [relative(root, require.resolve('@ts-morph/common'))],
    outfile: 'dist/vendor/ts.cjs',
    minify: true,
    sourcemap: false,
    plugins: [...common.plugins, loadLibFilesLate],
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

async function writeLaunchers() {
  await mkdir(join(root, 'dist'), { recursive: true });
  for (const [file, code] of Object.entries(launchers)) await writeFile(join(root, file), code, { mode: 0o755 });
}

async function main() {
  if (watch) {
    await writeLaunchers();
    const contexts = await Promise.all(bundles.map((options) => context({ ...options, logLevel: 'info' })));
    await Promise.all(contexts.map((one) => one.watch()));
    return;
  }
  await rm(join(root, 'dist'), { recursive: true, force: true });
  const results = await Promise.all(bundles.map((options) => build(options)));
  refuseStrangers(results.map((result) => result.metafile));
  await writeLaunchers();
  await writeNotices(results.map((result) => result.metafile));
}

main().catch((error) => {
  // What is wrong with the code esbuild has printed, in full.
  if (error?.errors === undefined) console.error(error);
  process.exitCode = 1;
});

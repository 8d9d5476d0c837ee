/** Folders that hold what tools made or other people wrote, wherever they stand. */
const ANYWHERE = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  'third_party',
  '.yarn',
  '.pnpm-store',
  '.next',
  '.nuxt',
  '.output',
  '.svelte-kit',
  '.angular',
  '.docusaurus',
  '.vercel',
  '.netlify',
  '.serverless',
  '.turbo',
  '.nx',
  '.cache',
  '.parcel-cache',
  '.nyc_output',
  '.vscode-test',
  '.venv',
  '__pycache__',
  'storybook-static',
  'dist',
]);

/** Build output beside a package.json; deeper down these are ordinary names of source folders. */
const IN_PACKAGE_ROOT = new Set(['build', 'out', 'coverage', 'vendor', 'target']);

/** Where version control keeps its own data: no part of the project, and so not counted as left out either. */
const VERSION_CONTROL = new Set(['.git', '.hg', '.svn', '.jj']);

export function isVersionControl(name: string): boolean {
  return VERSION_CONTROL.has(name);
}

/** True for folders that no project wants analysed. */
export function isVendored(name: string, siblings: ReadonlySet<string>): boolean {
  return ANYWHERE.has(name) || (IN_PACKAGE_ROOT.has(name) && siblings.has('package.json'));
}
